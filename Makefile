# Bursar: Kore's objects, ours, the SQL, the tests. GNU make.
#
#   make            build/bursar            make V=1        show the commands
#   make units      every room's unit tests make B=elsewhere
#   make SAN=address,undefined …            in build/san
#   make COV=1 …                            in build/cov, for gcov

B	?= build
CC	:= $(if $(filter default,$(origin CC)),gcc,$(CC))
KORE	?= /usr/share/kore
Q	:= $(if $(V),,@)
say	= $(if $(V),@:,@printf '  %-5s %s\n')
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SECONDARY:

# Rooms, lowest first. A room may use those before it, never those after.
RANKS	:= base ledger quant calc kore flow store cache feed http auth jobs \
	   market ingest portfolio analytics dashboard system demo
SHELL_ROOMS := kore flow store cache feed http auth jobs
ROOMS	:= $(foreach r,$(RANKS),$(if $(filter-out %_test.c,\
	   $(wildcard src/$r/*.c)),$r))

O	:= $(B)$(if $(SAN),/san)$(if $(COV),/cov)
GEN	:= $(B)/gen
KSRC	:= $(B)/kore-src

WARN	:= -Wall -Wextra -Wshadow -Wstrict-prototypes -Werror
CODE	:= -std=c11 -D_GNU_SOURCE -g -ffp-contract=off -fPIE -MMD -MP \
	   -fstack-protector-strong -fno-omit-frame-pointer
LDFLAGS	+= -pie -rdynamic -Wl,-z,relro,-z,now
LIBS	:= -lpq -lhiredis -ljwt -lsodium -lcurl -ljansson -lssl -lcrypto -lz \
	   -lpthread -ldl -lm
TESTLIBS := -lcmocka

ifneq ($(SAN),)
CODE	+= -fsanitize=$(SAN)
LDFLAGS	+= -fsanitize=$(SAN)
STRICT	:= -fno-sanitize-recover=all
endif
ifneq ($(COV),)
CODE	+= --coverage
LDFLAGS	+= --coverage
endif
ifneq ($(SAN)$(COV),)
CODE	+= -O1 -DBURSAR_UNBOXED
else
CODE	+= -O2 -D_FORTIFY_SOURCE=2
endif

# Foreign headers, each only where its one importer lives.
KOREDEF	:= -DKORE_SINGLE_BINARY -D_FILE_OFFSET_BITS=64
KOREINC	:= $(KOREDEF) -isystem $(KSRC)/include
ifneq ($(SAN),)
KOREINC	+= -fno-sanitize=alignment
endif
KOREROOMS := kore flow http
$(foreach r,$(KOREROOMS) main,$(eval INC_$r := $(KOREINC)))
INC_store := -isystem $(shell pg_config --includedir)
# Arrays are summed in loops that a compiler can spread over lanes; at -O2
# gcc does so only where it need not count, and -O3 unrolls what it should.
INC_quant := -fno-math-errno -fno-trapping-math $(if $(SAN)$(COV),,\
	   -ftree-vectorize -DQUANT_WIDE $(if $(shell $(CC) --version | \
	   grep -i clang),,-fvect-cost-model=dynamic))
# Tests alone may compare with libgmp, where it is installed.
GMP	:= $(if $(wildcard /usr/include/gmp.h /usr/include/*/gmp.h),1)
TEST_base := $(if $(GMP),-DHAVE_GMP)
LIB_base := $(if $(GMP),-lgmp)

.PHONY: all
all: $(O)/bursar

# Kore: the package's sources and our series, compiled here.

KOREFILES := kore buf config connection domain filemap fileref json mem msg \
	   module net pool runtime timer utils worker keymgr auth accesslog \
	   http validator websocket linux seccomp
KOREOBJS := $(KOREFILES:%=$(O)/kore-lib/%.o) $(O)/kore-lib/version.o
KOREPATCHES := $(sort $(wildcard src/kore/*.patch))
KORECODE = $(filter-out -std=%,$(CODE)) -std=gnu11 $(KOREDEF) \
	   -DSECCOMP_KILL_POLICY=SECCOMP_RET_KILL_PROCESS \
	   -DPREFIX='"/usr"' -I$(KSRC)/include/kore -I$(KSRC) -Wall \
	   -Wno-address-of-packed-member -Wno-format-truncation \
	   -Wno-unknown-warning-option \
	   $(if $(SAN),-fno-sanitize=alignment)

$(KSRC)/.applied: $(KOREPATCHES) $(KORE)/RELEASE
	$(say) KORE $(KSRC)
	$(Q)rm -rf $(KSRC) && mkdir -p $(B) && cp -R $(KORE) $(KSRC)
	$(Q)for p in $(abspath $(KOREPATCHES)); do \
		patch -s --fuzz=0 -p1 -d $(KSRC) <$$p || exit 1; done
	$(Q)cd $(KSRC) && sh misc/linux-platform.sh >platform.h
	$(Q)printf 'const char *kore_version = "%s";\n' \
	    "$$(cat $(KSRC)/RELEASE)" >$(KSRC)/src/version.c
	$(Q)touch $@

$(KSRC)/%: $(KSRC)/.applied ;

$(O)/kore-lib/%.o: $(KSRC)/.applied
	$(say) CC kore/$*.c
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(KORECODE) $(if $(filter kore,$*),-Dmain=kore_main) \
	    -c -o $@ $(KSRC)/src/$*.c

ifneq ($(SAN),)
$(O)/kore-lib/mem.o $(O)/kore-lib/pool.o: $(O)/kore-lib/%.o: \
    src/kore/shim/%.c $(KSRC)/.applied
	$(say) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(KORECODE) -c -o $@ $<
endif

$(O)/kore.a: $(KOREOBJS)
	$(say) AR $@
	$(Q)rm -f $@ && ar rcs $@ $^

# Texts that become part of the program.

EMBED	:= awk -f src/store/embed.awk
SQLGEN	:= $(foreach r,$(RANKS),$(if $(wildcard src/$r/$r.sql),\
	   $(GEN)/$r_sql.h))
GENS	:= $(SQLGEN) $(GEN)/migrations.h $(GEN)/bursar_conf.h

define sqlgen
$(GEN)/$(1)_sql.h: src/$(1)/$(1).sql src/store/embed.awk
	$$(say) SQL $$<
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(EMBED) -v mode=sql -v room=$(1) $$< >$$@
endef
$(foreach r,$(RANKS),$(eval $(call sqlgen,$r)))

$(GEN)/migrations.h: $(sort $(wildcard migrations/*.sql)) migrations \
    src/store/embed.awk
	$(say) SQL migrations
	$(Q)mkdir -p $(@D)
	$(Q)$(EMBED) -v mode=migrations \
	    $(sort $(wildcard migrations/*.sql)) </dev/null >$@

$(GEN)/bursar_conf.h: conf/bursar.conf src/store/embed.awk
	$(say) CONF $<
	$(Q)mkdir -p $(@D)
	$(Q)$(EMBED) -v mode=text -v name=bursar_conf $< >$@

# Rooms: an archive each; each x_test.c a program, linked with the archives
# of its own room and those below.

COMPILE	= $(CODE) $(STRICT) $(WARN) -Isrc -I$(GEN)
# $(call upto,room): the archives a room's test may see, highest first.
# The shell does not use the calculators, so it is not linked with them.
upto	= $(call flip,$(call cut,$(1),$(if $(filter $(1),$(SHELL_ROOMS)),\
	  $(filter-out ledger quant calc,$(ROOMS)),$(ROOMS))))
flip	= $(if $(1),$(call flip,$(wordlist 2,99,$(1))) $(O)/lib$(firstword $(1)).a)
cut	= $(if $(2),$(firstword $(2)) $(if $(filter $(1),$(firstword $(2))),,\
	  $(call cut,$(1),$(wordlist 2,99,$(2)))))
UNITSRC	:= $(foreach r,$(ROOMS),$(sort $(wildcard src/$r/*_test.c)))
UNITS	:= $(UNITSRC:src/%.c=%)
KORED	:= $(filter-out base ledger quant calc,$(ROOMS))

define room
OBJ_$(1) := $$(patsubst src/%.c,$(O)/%.o,$$(filter-out %_test.c,\
	$$(wildcard src/$(1)/*.c)))

$(O)/lib$(1).a: $$(OBJ_$(1))
	$$(say) AR $$@
	$$(Q)rm -f $$@ && ar rcs $$@ $$^

# The series changes Kore's headers, which -MMD leaves out as a system's.
$(O)/$(1)/%.o: src/$(1)/%.c $(if $(filter $(1),$(KOREROOMS)),$(KSRC)/.applied) \
    | $(GEN)/migrations.h $(GEN)/bursar_conf.h \
    $(filter $(GEN)/$(1)_sql.h,$(SQLGEN))
	$$(say) CC $$<
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(CC) $$(COMPILE) $$(INC_$(1)) $$(TEST_$(1)) -c -o $$@ $$<

$(O)/$(1)/%_test: $(O)/$(1)/%_test.o $(call upto,$(1)) \
    $(if $(filter $(1),$(KORED)),$(O)/kore.a)
	$$(say) LD $$@
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$< -Wl,--start-group \
	    $$(filter %.a,$$^) -Wl,--end-group $$(TESTLIBS) $$(LIB_$(1)) $$(LIBS)
endef
$(foreach r,$(ROOMS),$(eval $(call room,$r)))

$(O)/main.o: src/main.c $(KSRC)/.applied | $(GENS)
	$(say) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(COMPILE) $(INC_main) -c -o $@ $<

$(O)/bursar: $(O)/main.o $(ROOMS:%=$(O)/lib%.a) $(O)/kore.a
	$(say) LD $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) \
	    -Wl,--end-group $(LIBS)

# The core alone, for other programs: one archive, one header.

PREFIX	?= /usr/local
CORE	:= base ledger quant
VERSION	:= 1.0.0
dest	= $(DESTDIR)$(PREFIX)

.PHONY: core install-core
core: $(O)/libbursar-core.a $(O)/bursar-core.h

$(O)/libbursar-core.a: $(CORE:%=$(O)/lib%.a) $(O)/bursar-core.h \
    deploy/library/names.sh
	$(say) AR $@
	$(Q)CC="$(CC)" sh deploy/library/names.sh $(O)/bursar-core.h $@ \
	    $(foreach r,$(CORE),$(OBJ_$r))

$(O)/bursar-core.h: deploy/library/header.awk src/base/err.def \
    $(foreach r,$(CORE),$(wildcard src/$r/*.h))
	$(say) CORE $@
	$(Q)awk -f $< base/dec.h base/day.h ledger/ledger.h quant/quant.h >$@

install-core: core
	$(Q)mkdir -p $(dest)/lib/pkgconfig $(dest)/include \
	    $(dest)/share/man/man3
	$(Q)install -m 644 $(O)/libbursar-core.a $(dest)/lib/
	$(Q)install -m 644 $(O)/bursar-core.h $(dest)/include/
	$(Q)install -m 644 deploy/library/bursar-core.3 $(dest)/share/man/man3/
	$(Q)sed 's,@PREFIX@,$(PREFIX),; s,@VERSION@,$(VERSION),' \
	    deploy/library/bursar-core.pc.in \
	    >$(dest)/lib/pkgconfig/bursar-core.pc

# Checks.

.PHONY: units $(UNITS:%=unit-%) unit-programs
unit-programs: $(UNITS:%=$(O)/%)

$(UNITS:%=unit-%): unit-%: $(O)/%
	@sh tests/unit.sh $* $(O)/$*

units:
	@rm -f $(UNITS:%=$(O)/%.ok) $(UNITS:%=$(O)/%.bad)
	@+$(MAKE) -k --no-print-directory $(UNITS:%=unit-%) || :
	@sh tests/unit.sh --sum $(O) $(UNITS)

.PHONY: test run bench bench-core app check tidy clean
test:
	$(Q)B=$(B) sh tests/run.sh

run:
	$(Q)B=$(B) sh deploy/run.sh

bench: all $(O)/bare $(O)/streams
	$(Q)B=$(O) sh tests/load/bench.sh

$(O)/bare: tests/load/bare.c $(O)/libkore.a $(O)/kore.a
	$(say) LD $@
	$(Q)$(CC) $(COMPILE) $(INC_kore) $(LDFLAGS) -o $@ $< \
	    -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LIBS)

$(O)/streams: tests/load/streams.c
	$(say) LD $@
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) -o $@ $<

# N=1000000 for fewer values.
bench-core: $(O)/libquant.a $(O)/libledger.a $(O)/libbase.a
	$(Q)B=$(B) CC="$(CC)" FLAGS="$(COMPILE) $(LDFLAGS)" \
	    sh tests/load/bench_core.sh $^ $(N)

app:
	$(Q)sh frontend/build.sh $(B)/app

tidy:
	@sh tests/tidy.sh

check: tidy $(O)/bursar
	$(Q)$(O)/bursar openapi >$(O)/openapi.json
	$(Q)diff -u assets/openapi.json $(O)/openapi.json

clean:
	$(Q)rm -rf $(B)

-include $(foreach r,$(ROOMS) kore-lib,$(wildcard $(O)/$r/*.d)) \
	 $(wildcard $(O)/main.d)

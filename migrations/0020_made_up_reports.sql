-- A made-up instrument that becomes real loses its made-up reports too.
set search_path = bursar;

grant delete on fundamentals to bursar_app;

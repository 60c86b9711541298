import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { setLocale } from "../lib/locale";

setLocale("en-US");
afterEach(cleanup);

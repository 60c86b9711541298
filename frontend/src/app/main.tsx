import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "react-redux";
import { BrowserRouter } from "react-router";
import { renewSession } from "../api/base";
import { mayReturn, sessionEnded } from "../api/session";
import { ErrorBoundary } from "./error-boundary";
import { Router } from "./router";
import { makeStore } from "./store";
import "./styles.css";

const store = makeStore();
if (mayReturn()) void renewSession(store);
else store.dispatch(sessionEnded());
// Most who come are logged in: fetch their pages while the cookie is asked.
void import("./shell");

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
	<StrictMode>
		<ErrorBoundary>
			<Provider store={store}>
				<BrowserRouter>
					<Router />
				</BrowserRouter>
			</Provider>
		</ErrorBoundary>
	</StrictMode>,
);

import "../ui/tokens/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RelayEnvironmentProvider } from "react-relay/hooks";
import { RouterProvider } from "react-router/dom";
import { createEnvironment } from "../lib/relay";
import { createRouter } from "./routes";
import { followTheme } from "./theme";

followTheme();

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element with the id root.");

const environment = createEnvironment();
const router = createRouter(environment);

createRoot(root).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={environment}>
      <RouterProvider router={router} />
    </RelayEnvironmentProvider>
  </StrictMode>,
);

import { createBrowserRouter, Navigate, useLocation, useParams, type RouteObject } from "react-router";
import { ProjectsPage } from "../features/projects/ProjectsPage";
import { RedirectToProject } from "../features/projects/RedirectToProject";
import { RedirectToSpan, RedirectToTrace } from "../features/traces/redirects";
import { config } from "../lib/config";
import { NotFoundPage } from "./NotFoundPage";
import { RouteError } from "./RouteError";
import { loadPalette, Shell } from "./shell/Shell";

const PRELOAD_MS = 300;

/** Everything about one project is a file of its own; the first page neither needs nor waits for it. */
const loadTracing = () => import("../features/tracing");

const loadAccess = () => import("../features/access");
const loadProfile = () => import("../features/profile");

/** Around logging in there is no shell: nobody is there yet. */
const accessPages: RouteObject[] = [
  { path: "login", lazy: { Component: async () => (await loadAccess()).LoginPage } },
  { path: "logout", lazy: { Component: async () => (await loadAccess()).LoggedOutPage } },
  { path: "forgot-password", lazy: { Component: async () => (await loadAccess()).ForgotPasswordPage } },
  { path: "reset-password", lazy: { Component: async () => (await loadAccess()).ResetPasswordPage } },
  { path: "reset-password-with-token", lazy: { Component: async () => (await loadAccess()).ResetWithTokenPage } },
].map((route) => ({ ...route, errorElement: <RouteError />, HydrateFallback: () => null }));

const traceDrawer: RouteObject = {
  path: ":traceId",
  lazy: { Component: async () => (await loadTracing()).TraceDrawer },
};

const routes: RouteObject[] = [
  ...accessPages,
  {
    element: <Shell />,
    errorElement: <RouteError />,
    HydrateFallback: () => null,
    children: [
      {
        // A failing page leaves the shell standing.
        errorElement: <RouteError />,
        children: [
          { index: true, element: <Navigate to="/projects" replace /> },
          // People open the address of the collector in a browser.
          { path: "v1/*", element: <Navigate to="/projects" replace /> },
          { path: "projects", element: <ProjectsPage /> },
          {
            path: "projects/:projectId",
            lazy: { Component: async () => (await loadTracing()).ProjectPage },
            children: [
              { index: true, element: <ToDefaultTab /> },
              {
                path: "spans",
                lazy: { Component: async () => (await loadTracing()).SpansTab },
                children: [traceDrawer],
              },
              {
                path: "sessions",
                lazy: { Component: async () => (await loadTracing()).SessionsTab },
                children: [
                  { path: ":sessionId", lazy: { Component: async () => (await loadTracing()).SessionDrawer } },
                ],
              },
              {
                path: "traces",
                lazy: { Component: async () => (await loadTracing()).TracesTab },
                children: [traceDrawer],
              },
            ],
          },
          {
            path: "profile",
            lazy: { Component: async () => (await loadProfile()).ProfilePage },
            children: [
              { path: "account", lazy: { Component: async () => (await loadProfile()).AccountPage } },
              { path: "api-keys", lazy: { Component: async () => (await loadProfile()).ApiKeysPage } },
              { path: "preferences", lazy: { Component: async () => (await loadProfile()).PreferencesPage } },
            ],
          },
          {
            path: "gallery",
            lazy: { Component: async () => (await import("../features/gallery")).GalleryPage },
          },
          { path: "redirects/spans/:spanId", element: <RedirectToSpan /> },
          { path: "redirects/traces/:traceId", element: <RedirectToTrace /> },
          { path: "redirects/projects/:name", element: <RedirectToProject /> },
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export function createRouter() {
  // Loaded while the first page is read, so that opening a project waits for its data only, and what is typed right
  // after opening the search is heard.
  setTimeout(() => {
    void loadTracing();
    void loadPalette();
  }, PRELOAD_MS);
  return createBrowserRouter(routes, { basename: config.basename || "/" });
}

function ToDefaultTab() {
  const { projectId = "" } = useParams();
  const { search, hash } = useLocation();
  return <Navigate to={{ pathname: `/projects/${encodeURIComponent(projectId)}/spans`, search, hash }} replace />;
}

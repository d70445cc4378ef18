import type { ComponentType } from "react";
import {
  createBrowserRouter,
  Navigate,
  useLocation,
  useParams,
  type RouteObject,
  type ShouldRevalidateFunction,
} from "react-router";
import type { Environment } from "relay-runtime";
import type { Grain } from "../features/filter/model/vocabulary";
import { askForProjects } from "../features/projects/ProjectList";
import { ProjectsPage } from "../features/projects/ProjectsPage";
import { RedirectToProject } from "../features/projects/RedirectToProject";
import { RedirectToSpan, RedirectToTrace } from "../features/traces/redirects";
import { soon } from "../lib/askAhead";
import { code, type Code } from "../lib/code";
import { config } from "../lib/config";
import { whenQuiet } from "../lib/connection";
import { NotFoundPage } from "./NotFoundPage";
import { DrawerError, RouteError } from "./RouteError";
import { ConnectionBar } from "./shell/ConnectionBar";
import { loadPalette, Shell } from "./shell/Shell";

/** Files of their own: the first page neither needs nor waits for the lists of a project, nor they for what opens from them. */
const loadTracing = code(() => import("../features/tracing"));
const loadDetails = code(() => import("../features/details"));

const loadAccess = code(() => import("../features/access"));
const loadProfile = code(() => import("../features/profile"));
const loadGallery = code(() => import("../features/gallery"));

/** A page in files of its own, or why they do not come, in its place: the router would take away what is around it, too. */
function whole<Module extends Record<Name, ComponentType>, Name extends string>(
  load: Code<Module>,
  name: Name,
  Failed: ComponentType<{ error?: unknown }> = RouteError,
): Pick<RouteObject, "lazy" | "errorElement"> {
  const Component = async () => {
    try {
      return (await load())[name];
    } catch (error) {
      return () => <Failed error={error} />;
    }
  };
  return { lazy: { Component }, errorElement: <Failed /> };
}

/** Around logging in there is no shell: nobody is there yet. */
const accessPages: RouteObject[] = [
  { path: "login", ...whole(loadAccess, "LoginPage") },
  { path: "logout", ...whole(loadAccess, "LoggedOutPage") },
  { path: "forgot-password", ...whole(loadAccess, "ForgotPasswordPage") },
  { path: "reset-password", ...whole(loadAccess, "ResetPasswordPage") },
  { path: "reset-password-with-token", ...whole(loadAccess, "ResetWithTokenPage") },
].map((route) => ({ ...route, HydrateFallback: ConnectionBar }));

const traceDrawer: RouteObject = {
  path: ":traceId",
  ...whole(loadDetails, "TraceDrawer", DrawerError),
};

/** A change of what is selected or filtered is the page's own matter. */
const never: ShouldRevalidateFunction = () => false;
const isOtherProject: ShouldRevalidateFunction = ({ currentParams, nextParams }) =>
  currentParams.projectId !== nextParams.projectId;

function routesFor(environment: Environment): RouteObject[] {
  const rows = (grain: Grain): Pick<RouteObject, "loader" | "shouldRevalidate"> => ({
    loader: async ({ params, request }) => {
      const { askForRows } = await loadTracing();
      await soon(askForRows(environment, params.projectId ?? "", grain, new URL(request.url).searchParams));
      return null;
    },
    shouldRevalidate: isOtherProject,
  });
  return [
    ...accessPages,
    {
      element: <Shell />,
      errorElement: <RouteError />,
      // Nothing, unless what the page needs does not come.
      HydrateFallback: ConnectionBar,
      children: [
        {
          // A failing page leaves the shell standing.
          errorElement: <RouteError />,
          children: [
            { index: true, element: <Navigate to="/projects" replace /> },
            // People open the address of the collector in a browser.
            { path: "v1/*", element: <Navigate to="/projects" replace /> },
            {
              path: "projects",
              element: <ProjectsPage />,
              loader: async ({ request }) => {
                await soon(askForProjects(environment, new URL(request.url).searchParams));
                return null;
              },
              shouldRevalidate: never,
            },
            {
              path: "projects/:projectId",
              loader: async ({ params }) => {
                const { askForProject } = await loadTracing();
                await soon(askForProject(environment, params.projectId ?? ""));
                return null;
              },
              shouldRevalidate: isOtherProject,
              lazy: { Component: async () => (await loadTracing()).ProjectPage },
              children: [
                { index: true, element: <ToDefaultTab /> },
                {
                  path: "spans",
                  ...rows("span"),
                  lazy: { Component: async () => (await loadTracing()).SpansTab },
                  children: [traceDrawer],
                },
                {
                  path: "sessions",
                  ...rows("session"),
                  lazy: { Component: async () => (await loadTracing()).SessionsTab },
                  children: [{ path: ":sessionId", ...whole(loadDetails, "SessionDrawer", DrawerError) }],
                },
                {
                  path: "traces",
                  ...rows("trace"),
                  lazy: { Component: async () => (await loadTracing()).TracesTab },
                  children: [traceDrawer],
                },
              ],
            },
            {
              path: "profile",
              ...whole(loadProfile, "ProfilePage"),
              children: [
                { path: "account", ...whole(loadProfile, "AccountPage") },
                { path: "api-keys", ...whole(loadProfile, "ApiKeysPage") },
                { path: "preferences", ...whole(loadProfile, "PreferencesPage") },
              ],
            },
            { path: "gallery", ...whole(loadGallery, "GalleryPage") },
            { path: "redirects/spans/:spanId", element: <RedirectToSpan /> },
            { path: "redirects/traces/:traceId", element: <RedirectToTrace /> },
            { path: "redirects/projects/:name", element: <RedirectToProject /> },
            { path: "*", element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ];
}

export function createRouter(environment: Environment) {
  // Loaded while the first page is read, so that what is opened waits for its data only, and what is typed right after
  // opening the search is heard.
  whenQuiet(() => {
    loadAhead(loadTracing);
    loadAhead(loadPalette);
    loadAhead(loadDetails);
  });
  return createBrowserRouter(routesFor(environment), { basename: config.basename || "/" });
}

/** Who needs it asks again, and says so when it does not come. */
function loadAhead(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}

function ToDefaultTab() {
  const { projectId = "" } = useParams();
  const { search, hash } = useLocation();
  return <Navigate to={{ pathname: `/projects/${encodeURIComponent(projectId)}/spans`, search, hash }} replace />;
}

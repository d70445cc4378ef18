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
import { config } from "../lib/config";
import { whenQuiet } from "../lib/connection";
import { NotFoundPage } from "./NotFoundPage";
import { RouteError } from "./RouteError";
import { loadPalette, Shell } from "./shell/Shell";

/** Files of their own: the first page neither needs nor waits for the lists of a project, nor they for what opens from them. */
const loadTracing = () => import("../features/tracing");
const loadDetails = () => import("../features/details");

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
  lazy: { Component: async () => (await loadDetails()).TraceDrawer },
};

/** A change of what is selected or filtered is the page's own matter. */
const never: ShouldRevalidateFunction = () => false;
const isOtherProject: ShouldRevalidateFunction = ({ currentParams, nextParams }) =>
  currentParams.projectId !== nextParams.projectId;

function routesFor(environment: Environment): RouteObject[] {
  const rows = (grain: Grain): Pick<RouteObject, "loader" | "shouldRevalidate"> => ({
    loader: async ({ params, request }) => {
      const { askForRows } = await loadTracing();
      askForRows(environment, params.projectId ?? "", grain, new URL(request.url).searchParams);
      return null;
    },
    shouldRevalidate: isOtherProject,
  });
  return [
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
            {
              path: "projects",
              element: <ProjectsPage />,
              loader: ({ request }) => {
                askForProjects(environment, new URL(request.url).searchParams);
                return null;
              },
              shouldRevalidate: never,
            },
            {
              path: "projects/:projectId",
              loader: async ({ params }) => {
                (await loadTracing()).askForProject(environment, params.projectId ?? "");
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
                  children: [
                    { path: ":sessionId", lazy: { Component: async () => (await loadDetails()).SessionDrawer } },
                  ],
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

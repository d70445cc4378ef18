/** The pages of a project, loaded together. */
export { ProjectPage } from "./projects/ProjectPage";
export { SpansTab } from "./spans/SpansTab";
export { TraceDrawer } from "./traces/TraceDrawer";
export { TracesTab } from "./traces/TracesTab";
export { SessionDrawer } from "./sessions/SessionDrawer";
export { SessionsTab } from "./sessions/SessionsTab";

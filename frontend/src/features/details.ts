/** What opens from the lists of a project, loaded together once they are there. */
export { Session } from "./sessions/Session";
export { SessionDrawer } from "./sessions/SessionDrawer";
export { SpanDetails } from "./spans/details/SpanDetails";
export { TraceDrawer } from "./traces/TraceDrawer";

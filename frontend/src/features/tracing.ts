/** The lists of a project, loaded together; what opens from them comes after (`details.ts`). */
export { ProjectPage } from "./projects/ProjectPage";
export { askForProject, askForRows } from "./projects/ask";
export { SessionsTab } from "./sessions/SessionsTab";
export { SpansTab } from "./spans/SpansTab";
export { TracesTab } from "./traces/TracesTab";

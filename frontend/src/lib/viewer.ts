import { createContext, useContext } from "react";
import { config } from "./config";

export type Role = "ADMIN" | "MEMBER" | "VIEWER" | "SYSTEM";

export type Viewer = {
  readonly id: string;
  readonly username: string;
  readonly email: string | null | undefined;
  readonly role: Role;
  readonly authMethod: "LOCAL" | "LDAP" | "OAUTH2";
  readonly passwordNeedsReset: boolean;
  readonly isManagementUser: boolean;
};

/** Who is logged in; `null` while nobody has to. */
const Context = createContext<Viewer | null>(null);

export const ViewerProvider = Context.Provider;

export function useViewer(): Viewer | null {
  return useContext(Context);
}

/** Where the viewer looks after the server; `null` for everybody else, and where it is looked after by hand. */
export function managementAddress(viewer: Viewer | null): string | null {
  return viewer?.isManagementUser ? config.managementUrl : null;
}

/** What the page offers. The server decides; this only hides what it would refuse. */
export function usePermissions(): { canWrite: boolean; isAdmin: boolean } {
  const viewer = useViewer();
  return {
    canWrite: viewer === null || viewer.role !== "VIEWER",
    isAdmin: viewer === null || viewer.role === "ADMIN",
  };
}

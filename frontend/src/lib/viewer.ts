import { createContext, useContext } from "react";

export type Role = "ADMIN" | "MEMBER" | "VIEWER" | "SYSTEM";

export type Viewer = {
  readonly id: string;
  readonly username: string;
  readonly email: string | null | undefined;
  readonly role: Role;
  readonly authMethod: "LOCAL" | "LDAP" | "OAUTH2";
  readonly passwordNeedsReset: boolean;
};

/** Who is logged in; `null` while nobody has to. */
const Context = createContext<Viewer | null>(null);

export const ViewerProvider = Context.Provider;

export function useViewer(): Viewer | null {
  return useContext(Context);
}

/** What the page offers. The server decides; this only hides what it would refuse. */
export function usePermissions(): { canWrite: boolean; isAdmin: boolean } {
  const viewer = useViewer();
  return {
    canWrite: viewer === null || viewer.role !== "VIEWER",
    isAdmin: viewer === null || viewer.role === "ADMIN",
  };
}

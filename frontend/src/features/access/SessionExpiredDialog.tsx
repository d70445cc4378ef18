import { useState } from "react";
import { config, serverUrl } from "../../lib/config";
import { loginAddress, sessionIsBack } from "../../lib/session";
import type { Viewer } from "../../lib/viewer";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { Button, ButtonLink } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { LoginForm } from "./LoginForm";
import { providerAddress } from "./LoginPage";

/** Over the page, which stays as it is: what was asked meanwhile is asked again afterwards. */
export function SessionExpiredDialog({ viewer }: { viewer: Viewer | null }) {
  return (
    <Dialog title={access.expired.title} isOpen size="small" isAlert>
      <LogInAgain viewer={viewer} />
    </Dialog>
  );
}

function LogInAgain({ viewer }: { viewer: Viewer | null }) {
  const [isStillOut, setStillOut] = useState(false);

  const goOn = async () => {
    const now = await whoIsThere();
    if (now === null) {
      setStillOut(true);
      return;
    }
    // Somebody else must not see what the first person had read.
    if (now !== viewer?.id) window.location.reload();
    else sessionIsBack();
  };
  const method = viewer?.authMethod ?? "LOCAL";
  return (
    <div className="flex flex-col gap-3 p-4">
      <p className="text-body text-ink-2">{access.expired.explanation}</p>
      {isStillOut && <Alert tone="warning">{access.expired.stillOut}</Alert>}
      {method === "OAUTH2" ? (
        <>
          <div className="flex flex-col gap-2">
            {config.oAuth2Idps.map(({ name, displayName }) => (
              <a
                key={name}
                href={providerAddress(name, "/")}
                target="_blank"
                rel="noreferrer"
                className="flex h-8 cursor-default items-center justify-center rounded-control border border-line-strong text-body font-medium hover:bg-hover"
              >
                {access.expired.elsewhere(displayName)}
              </a>
            ))}
          </div>
          <Button look="primary" size="large" onPress={() => void goOn()}>
            {access.expired.check}
          </Button>
        </>
      ) : (
        <LoginForm
          method={method === "LDAP" ? "ldap" : "local"}
          name={(method === "LDAP" ? viewer?.username : viewer?.email) ?? ""}
          autoFocus
          onLoggedIn={goOn}
        />
      )}
      <ButtonLink look="quiet" href={loginAddress()} isDocument>
        {access.expired.leave}
      </ButtonLink>
    </div>
  );
}

/** The id of whoever the cookies belong to now; past the store, which still shows what the first person has read. */
async function whoIsThere(): Promise<string | null> {
  const response = await fetch(serverUrl("/graphql"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "query SessionExpiredDialogQuery { viewer { id } }" }),
  });
  if (!response.ok) return null;
  const answer = (await response.json()) as { data?: { viewer?: { id: string } | null } };
  return answer.data?.viewer?.id ?? null;
}

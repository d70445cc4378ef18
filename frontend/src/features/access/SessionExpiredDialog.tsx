import { useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { SessionExpiredDialogQuery } from "../../__generated__/SessionExpiredDialogQuery.graphql";
import { config } from "../../lib/config";
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
  const environment = useRelayEnvironment();
  const [isStillOut, setStillOut] = useState(false);

  const goOn = async () => {
    const now = await whoIsThere(environment);
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

type Environment = ReturnType<typeof useRelayEnvironment>;

/** The id of whoever the cookies belong to; asked past the session, which still counts as expired. */
async function whoIsThere(environment: Environment): Promise<string | null> {
  const answer = await Promise.race([
    fetchQuery<SessionExpiredDialogQuery>(
      environment,
      graphql`
        query SessionExpiredDialogQuery {
          viewer {
            id
          }
        }
      `,
      {},
      { fetchPolicy: "network-only" },
    ).toPromise(),
    // A request that has no session waits for one; that is the answer.
    new Promise<null>((resolve) => setTimeout(() => resolve(null), STILL_OUT_MS)),
  ]);
  return answer?.viewer?.id ?? null;
}

const STILL_OUT_MS = 3000;

import { useEffect } from "react";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { config, serverUrl } from "../../lib/config";
import { isServerOwned, safeReturnUrl } from "../../lib/returnUrl";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { AccessPage } from "./AccessPage";
import { LoginForm } from "./LoginForm";

export function LoginPage() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const returnUrl = safeReturnUrl(params.get("returnUrl"));
  const trigger = config.oAuth2Idps.find(({ name }) => name === params.get("trigger"));
  const failed = params.has("error");

  useEffect(() => {
    // A provider that refused must not be asked again without a person wanting it.
    if (trigger && !failed) window.location.replace(providerAddress(trigger.name, returnUrl));
  }, [trigger, failed, returnUrl]);

  if (!config.authenticationEnabled) return <Navigate to="/projects" replace />;

  const goOn = () => {
    if (isServerOwned(returnUrl)) window.location.assign(serverUrl(returnUrl));
    else void navigate(returnUrl, { replace: true });
  };
  const hasForm = !config.basicAuthDisabled || config.ldapEnabled;
  return (
    <AccessPage pageTitle={access.logIn.pageTitle} title={access.logIn.title}>
      <Notice message={params.get("message")} error={params.get("error")} />
      {!config.basicAuthDisabled && <LoginForm method="local" autoFocus onLoggedIn={goOn} />}
      {!config.basicAuthDisabled && config.passwordResetEmailEnabled && (
        <Link to="/forgot-password" className="self-start text-meta text-ink-2 underline hover:text-ink">
          {access.logIn.forgot}
        </Link>
      )}
      {config.ldapEnabled && (
        <>
          {!config.basicAuthDisabled && <Or />}
          <LoginForm
            method="ldap"
            autoFocus={config.basicAuthDisabled}
            isSecond={!config.basicAuthDisabled}
            onLoggedIn={goOn}
          />
        </>
      )}
      {config.oAuth2Idps.length > 0 && (
        <>
          {hasForm && <Or />}
          <ProviderLinks returnUrl={returnUrl} />
        </>
      )}
      {!hasForm && config.oAuth2Idps.length === 0 && <Alert tone="warning">{access.logIn.noWay}</Alert>}
    </AccessPage>
  );
}

function Notice({ message, error }: { message: string | null; error: string | null }) {
  if (error !== null) {
    return <Alert tone="danger">{config.authErrorMessages[error] ?? access.logIn.unknownError}</Alert>;
  }
  const text = message === null ? undefined : access.notices[message];
  return text ? <Alert tone="info">{text}</Alert> : null;
}

function ProviderLinks({ returnUrl }: { returnUrl: string }) {
  return (
    <ul className="flex flex-col gap-2">
      {config.oAuth2Idps.map(({ name, displayName }) => (
        <li key={name}>
          <a
            href={providerAddress(name, returnUrl)}
            className="flex h-8 cursor-default items-center justify-center rounded-control border border-line-strong bg-surface text-body font-medium hover:bg-hover dark:bg-raised dark:hover:bg-pressed"
          >
            {access.logIn.submitProvider(displayName)}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function providerAddress(name: string, returnUrl: string): string {
  return serverUrl(`/oauth2/${encodeURIComponent(name)}/login?${new URLSearchParams({ returnUrl })}`);
}

function Or() {
  return (
    <div className="flex items-center gap-3 text-label text-ink-3">
      <span className="h-px grow bg-line" />
      {access.logIn.or}
      <span className="h-px grow bg-line" />
    </div>
  );
}

import { useState } from "react";
import { Form } from "react-aria-components";
import { graphql, useMutation } from "react-relay/hooks";
import type { AccountPageMutation } from "../../__generated__/AccountPageMutation.graphql";
import { config, serverUrl } from "../../lib/config";
import { notify } from "../../lib/toasts";
import { useViewer, type Viewer } from "../../lib/viewer";
import { profile } from "../../text/profile";
import { Button, ButtonLink } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { NewPassword } from "../access/NewPassword";
import { usePasswordChange } from "../access/usePasswordChange";
import { Group } from "./ProfilePage";

export function AccountPage() {
  const viewer = useViewer();
  if (!viewer) return null;
  return (
    <>
      <Group title={profile.account.title}>
        <UsernameForm viewer={viewer} />
        <dl className="grid grid-cols-[120px_1fr] gap-y-2 text-body">
          <dt className="text-ink-3">{profile.account.email}</dt>
          <dd>{viewer.email}</dd>
          <dt className="text-ink-3">{profile.account.role}</dt>
          <dd>
            {profile.account.roles[viewer.role]}{" "}
            <span className="text-meta text-ink-3">{profile.account.roleNotes[viewer.role]}</span>
          </dd>
          <dt className="text-ink-3">{profile.account.method}</dt>
          <dd>{profile.account.methods[viewer.authMethod]}</dd>
        </dl>
      </Group>
      {viewer.authMethod === "LOCAL" && !config.basicAuthDisabled && <PasswordGroup />}
      <Group
        title={profile.sessions.title}
        note={profile.sessions.note}
        actions={
          <ButtonLink isDocument href={serverUrl("/auth/logout")}>
            {profile.sessions.logOut}
          </ButtonLink>
        }
      >
        {null}
      </Group>
    </>
  );
}

function UsernameForm({ viewer }: { viewer: Viewer }) {
  const [name, setName] = useState(viewer.username);
  const [failure, setFailure] = useState<string>();
  const [commit, isPending] = useMutation<AccountPageMutation>(graphql`
    mutation AccountPageMutation($input: PatchViewerInput!) {
      patchViewer(input: $input) {
        user {
          id
          username
        }
      }
    }
  `);
  const isChanged = name.trim() !== "" && name !== viewer.username;
  return (
    <Form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isChanged) return;
        setFailure(undefined);
        commit({
          variables: { input: { newUsername: name.trim() } },
          onCompleted: () => {
            notify({ tone: "success", title: profile.account.saved });
          },
          onError: (error) => setFailure(error.message),
        });
      }}
    >
      <div className="grow">
        <TextField
          label={profile.account.username}
          autoComplete="nickname"
          value={name}
          onChange={setName}
          error={failure}
          isDisabled={viewer.authMethod === "LDAP"}
        />
      </div>
      <Button type="submit" size="large" isDisabled={!isChanged} isPending={isPending}>
        {profile.account.save}
      </Button>
    </Form>
  );
}

function PasswordGroup() {
  const [isOpen, setOpen] = useState(false);
  const change = usePasswordChange();
  return (
    <Group
      title={profile.password.title}
      note={profile.password.note}
      actions={<Button onPress={() => setOpen(true)}>{profile.password.open}</Button>}
    >
      <Dialog title={profile.password.dialogTitle} isOpen={isOpen} onClose={() => setOpen(false)} size="small">
        <div className="p-4">
          <NewPassword
            asksCurrent
            autoFocus
            onSubmit={async (passwords) => {
              await change(passwords);
              window.location.assign(
                serverUrl(
                  `/login?${new URLSearchParams({ message: "password-reset", returnUrl: "/profile/account" })}`,
                ),
              );
            }}
          />
        </div>
      </Dialog>
    </Group>
  );
}

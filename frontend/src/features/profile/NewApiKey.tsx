import { useState } from "react";
import { graphql } from "react-relay/hooks";
import type { NewApiKeyMutation } from "../../__generated__/NewApiKeyMutation.graphql";
import { collectorEndpoint } from "../../lib/config";
import { useMutate } from "../../lib/mutate";
import { common } from "../../text/common";
import { profile } from "../../text/profile";
import { Alert } from "../../ui/Alert";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { DialogForm } from "../../ui/DialogForm";
import { labelLook, TextField } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { CodeBlock } from "../../ui/text/CodeBlock";

const DAY_MS = 24 * 60 * 60 * 1000;

type Expiry = keyof typeof profile.keys.expiry;

/** Asks for a name, then shows the key: once, and until the person says they have it. */
export function NewApiKey({
  isOpen,
  onClose,
  onCreated,
}: {
  isOpen: boolean;
  onClose: () => void;
  onCreated: () => void;
}) {
  const [created, setCreated] = useState<{ name: string; value: string } | null>(null);
  const done = () => {
    setCreated(null);
    onClose();
  };
  return (
    <>
      <Dialog title={profile.keys.create} isOpen={isOpen && created === null} onClose={onClose} size="small">
        <KeyForm
          onClose={onClose}
          onCreated={(key) => {
            setCreated(key);
            onCreated();
          }}
        />
      </Dialog>
      <Dialog title={profile.keys.createdTitle(created?.name ?? "")} isOpen={isOpen && created !== null} isAlert>
        {created && <CreatedKey value={created.value} onDone={done} />}
      </Dialog>
    </>
  );
}

function KeyForm({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (key: { name: string; value: string }) => void;
}) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [expiry, setExpiry] = useState<Expiry>("90");
  const create = useMutate<NewApiKeyMutation>(graphql`
    mutation NewApiKeyMutation($input: CreateUserApiKeyInput!) {
      createUserApiKey(input: $input) {
        jwt
        apiKey {
          id
        }
      }
    }
  `);
  const submit = async () => {
    const { createUserApiKey } = await create({
      input: {
        name: name.trim(),
        description: description.trim() || null,
        expiresAt: expiry === "never" ? null : new Date(Date.now() + Number(expiry) * DAY_MS).toISOString(),
      },
    });
    onCreated({ name: name.trim(), value: createUserApiKey.jwt });
  };
  return (
    <DialogForm submit={common.create} onSubmit={submit} onClose={onClose}>
      <TextField label={profile.keys.name} isRequired autoFocus autoComplete="off" value={name} onChange={setName} />
      <TextField label={profile.keys.description} autoComplete="off" value={description} onChange={setDescription} />
      <div className="flex flex-col gap-1">
        <span className={labelLook}>{profile.keys.expires}</span>
        <SegmentedControl
          label={profile.keys.expires}
          value={expiry}
          onChange={setExpiry}
          options={(Object.keys(profile.keys.expiry) as Expiry[])
            .toSorted((a, b) => (Number(a) || Infinity) - (Number(b) || Infinity))
            .map((value) => ({ value, label: profile.keys.expiry[value] }))}
        />
      </div>
    </DialogForm>
  );
}

function CreatedKey({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <>
      <div className="flex flex-col gap-3 p-4">
        <Alert tone="warning">{profile.keys.once}</Alert>
        <CodeBlock label={profile.keys.value} code={value} wraps />
        <p className="text-meta text-ink-3">{profile.keys.howTo}</p>
        <CodeBlock
          label={profile.keys.howTo}
          code={`export PHOENIX_COLLECTOR_ENDPOINT=${collectorEndpoint()}\nexport PHOENIX_API_KEY=${value}`}
        />
      </div>
      <DialogActions>
        <Button look="primary" size="large" onPress={onDone}>
          {profile.keys.done}
        </Button>
      </DialogActions>
    </>
  );
}

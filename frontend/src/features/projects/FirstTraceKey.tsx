import { KeyRound } from "lucide-react";
import { useState } from "react";
import { graphql } from "react-relay/hooks";
import type { FirstTraceKeyMutation } from "../../__generated__/FirstTraceKeyMutation.graphql";
import { messageOf } from "../../lib/apiError";
import { useMutate } from "../../lib/mutate";
import { notify } from "../../lib/toasts";
import { firstTraceText } from "../../text/firstTrace";
import { Button } from "../../ui/Button";

/** One press instead of a way through the profile. */
export function FirstTraceKey({ onCreated }: { onCreated: (key: string) => void }) {
  const [isPending, setPending] = useState(false);
  const create = useMutate<FirstTraceKeyMutation>(graphql`
    mutation FirstTraceKeyMutation($input: CreateUserApiKeyInput!) {
      createUserApiKey(input: $input) {
        jwt
      }
    }
  `);
  const press = async () => {
    setPending(true);
    try {
      const { createUserApiKey } = await create({ input: { name: firstTraceText.keyName } });
      onCreated(createUserApiKey.jwt);
    } catch (error) {
      notify({ tone: "danger", title: messageOf(error) });
      setPending(false);
    }
  };
  return (
    <Button icon={<KeyRound size={14} aria-hidden />} isPending={isPending} onPress={() => void press()}>
      {firstTraceText.createKey}
    </Button>
  );
}

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { ApiKeysPageQuery } from "../../__generated__/ApiKeysPageQuery.graphql";
import { useNow } from "../../lib/clock";
import { useMutate } from "../../lib/mutate";
import { notify } from "../../lib/toasts";
import { common } from "../../text/common";
import { profile } from "../../text/profile";
import { Badge } from "../../ui/Badge";
import { Button, IconButton } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { EmptyNote } from "../../ui/EmptyState";
import { When } from "../../ui/Figures";
import { NewApiKey } from "./NewApiKey";
import { Group } from "./ProfilePage";
import type { ApiKeysPageDeleteMutation } from "../../__generated__/ApiKeysPageDeleteMutation.graphql";

type Key = NonNullable<ApiKeysPageQuery["response"]["viewer"]>["apiKeys"][number];

export function ApiKeysPage() {
  const [version, setVersion] = useState(0);
  const [isCreating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<Key | null>(null);
  const readAgain = () => setVersion((last) => last + 1);
  const { viewer } = useLazyLoadQuery<ApiKeysPageQuery>(
    graphql`
      query ApiKeysPageQuery {
        viewer {
          apiKeys {
            id
            name
            description
            createdAt
            expiresAt
            lastUsedAt
            hint
          }
        }
      }
    `,
    {},
    { fetchPolicy: "store-and-network", fetchKey: version },
  );
  const remove = useMutate<ApiKeysPageDeleteMutation>(graphql`
    mutation ApiKeysPageDeleteMutation($input: DeleteApiKeyInput!) {
      deleteUserApiKey(input: $input) {
        apiKeyId
      }
    }
  `);
  const keys = viewer?.apiKeys ?? [];
  return (
    <Group
      title={profile.keys.title}
      note={profile.keys.note}
      actions={
        <Button look="primary" icon={<Plus size={14} aria-hidden />} onPress={() => setCreating(true)}>
          {profile.keys.create}
        </Button>
      }
    >
      {keys.length === 0 ? <EmptyNote>{profile.keys.none}</EmptyNote> : <KeyTable keys={keys} onDelete={setDoomed} />}
      <NewApiKey isOpen={isCreating} onClose={() => setCreating(false)} onCreated={readAgain} />
      <ConfirmDialog
        title={profile.keys.deleteTitle(doomed?.name ?? "")}
        confirm={common.delete}
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        onConfirm={async () => {
          if (doomed) await remove({ input: { id: doomed.id } });
          notify({ tone: "success", title: profile.keys.deleted });
          readAgain();
        }}
      >
        {profile.keys.deleteNote}
      </ConfirmDialog>
    </Group>
  );
}

function KeyTable({ keys, onDelete }: { keys: readonly Key[]; onDelete: (key: Key) => void }) {
  const { columns } = profile.keys;
  const head = "h-8 px-2 text-left font-medium";
  return (
    <div className="overflow-x-auto rounded-surface border border-line">
      <table className="w-full text-meta whitespace-nowrap">
        <thead className="border-b border-line text-ink-3">
          <tr>
            <th className={head}>{columns.name}</th>
            <th className={head}>{columns.hint}</th>
            <th className={head}>{columns.created}</th>
            <th className={head}>{columns.expires}</th>
            <th className={head}>{columns.used}</th>
            <th className={head}>
              <span className="sr-only">{columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} className="h-9 not-first:border-t not-first:border-line">
              <th
                scope="row"
                className="max-w-48 truncate px-2 text-left text-body font-medium"
                title={key.description ?? key.name}
              >
                {key.name}
              </th>
              <td className="px-2">
                <code className="text-code text-ink-2">{key.hint ? `…${key.hint}` : "--"}</code>
              </td>
              <td className="px-2">
                <When time={key.createdAt} />
              </td>
              <td className="px-2">
                <Expiry at={key.expiresAt} />
              </td>
              <td className="px-2">{key.lastUsedAt ? <When time={key.lastUsedAt} /> : common.never}</td>
              <td className="w-9 pr-1">
                <IconButton
                  label={profile.keys.deleteKey(key.name)}
                  size="small"
                  icon={<Trash2 size={14} />}
                  onPress={() => onDelete(key)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Expiry({ at }: { at: string | null | undefined }) {
  const now = useNow();
  if (!at) return common.never;
  if (new Date(at) < now) return <Badge tone="danger">{profile.keys.expired}</Badge>;
  return <When time={at} />;
}

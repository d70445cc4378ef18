import { ArrowUp, Inbox, Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { PageHead } from "../../app/shell/PageHead";
import { ApiError } from "../../lib/apiError";
import { notify } from "../../lib/toasts";
import { errorsText } from "../../text/errors";
import { gallery } from "../../text/gallery";
import { Alert, type AlertTone } from "../../ui/Alert";
import { Badge, type Tone } from "../../ui/Badge";
import { Button, IconButton, IconToggle } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { ComboBox } from "../../ui/ComboBox";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { CopyTextButton } from "../../ui/CopyButton";
import { Dialog } from "../../ui/Dialog";
import { EmptyNote, EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { PasswordField, TextArea, TextField } from "../../ui/Field";
import { Count, Duration, Missing, When } from "../../ui/Figures";
import { Kbd } from "../../ui/Kbd";
import { JsonView } from "../../ui/json/JsonView";
import { KindText, toKind } from "../../ui/Kind";
import { Menu, MenuItem } from "../../ui/Menu";
import { SearchField } from "../../ui/SearchField";
import { Disclosure } from "../../ui/Section";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { Skeleton } from "../../ui/Skeleton";
import { StatusBadge, StatusText, type StatusCode } from "../../ui/Status";
import { Tabs } from "../../ui/Tabs";
import { CodeBlock } from "../../ui/text/CodeBlock";
import { FoldedText } from "../../ui/text/FoldedText";
import { Markdown } from "../../ui/text/Markdown";
import { PlainText } from "../../ui/text/PlainText";
import { AnnotationToken } from "../annotations/AnnotationToken";
import { sample } from "../../text/sample";

const KINDS = "llm agent chain tool retriever reranker embedding guardrail evaluator prompt decision unknown".split(
  " ",
);
const TONES: Tone[] = ["neutral", "accent", "info", "success", "warning", "danger"];
const QUALITIES = ["good", "bad", "neutral"] as const;
const ALERTS: AlertTone[] = ["info", "success", "warning", "danger"];
const STATUSES: StatusCode[] = ["OK", "ERROR", "UNSET"];
const INKS = ["ink", "ink-2", "ink-3", "accent", "success", "warning", "danger", "info"];
const FILLS = ["canvas", "surface", "raised", "sunken", "hover", "pressed", "selected", "line", "line-strong"];

/** Every component in its states, to look at and to test. No link leads here. */
export function GalleryPage() {
  return (
    <>
      <PageHead crumbs={[{ title: gallery.title }]} />
      <div className="min-h-0 grow overflow-auto">
        <div className="mx-auto grid max-w-300 grid-cols-1 gap-x-10 gap-y-8 p-6 stack:grid-cols-2">
          <Colours />
          <Texts />
          <Buttons />
          <Choices />
          <Fields />
          <Marks />
          <Messages />
          <Overlays />
          <Structures />
          <LongTexts />
        </div>
      </div>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2 className="border-b border-line pb-1 text-section font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>;
}

function Colours() {
  return (
    <Group title={gallery.colours}>
      <Row>
        {INKS.map((name) => (
          <span key={name} className="text-meta" style={{ color: `var(--${name})` }}>
            {name}
          </span>
        ))}
      </Row>
      <Row>
        {FILLS.map((name) => (
          <span key={name} className="flex flex-col items-center gap-1 text-label text-ink-3">
            <span
              className="size-10 rounded-control border border-line-strong"
              style={{ background: `var(--${name})` }}
            />
            {name}
          </span>
        ))}
      </Row>
      <Row>
        {KINDS.map((kind) => (
          <KindText key={kind} kind={toKind(kind)} />
        ))}
      </Row>
    </Group>
  );
}

function Texts() {
  return (
    <Group title={gallery.texts}>
      <p className="text-page font-semibold">{sample.page}</p>
      <p className="text-section font-semibold">{sample.section}</p>
      <p className="text-body">{sample.body}</p>
      <p className="text-meta text-ink-2">{sample.meta}</p>
      <p className="text-label text-ink-3">{sample.label}</p>
      <code className="text-code">{sample.code}</code>
    </Group>
  );
}

function Buttons() {
  const [isOn, setOn] = useState(true);
  return (
    <Group title={gallery.buttons}>
      {(["default", "primary", "danger", "quiet"] as const).map((look) => (
        <Row key={look}>
          <Button look={look}>{sample.verb}</Button>
          <Button look={look} icon={<Plus size={14} aria-hidden />}>
            {sample.verb}
          </Button>
          <Button look={look} isDisabled>
            {gallery.disabled}
          </Button>
          <Button look={look} isPending>
            {gallery.pending}
          </Button>
          <Button look={look} size="large">
            {gallery.large}
          </Button>
        </Row>
      ))}
      <Row>
        <IconButton label={gallery.icon} icon={<ArrowUp size={15} />} shortcut="k" />
        <IconButton label={gallery.disabledIcon} icon={<ArrowUp size={15} />} isDisabled />
        <IconToggle label={gallery.toggle} icon={<Inbox size={15} />} isSelected={isOn} onChange={setOn} />
        <CopyTextButton text={sample.code} label={gallery.copy} />
        <Kbd keys="mod+k" />
        <Kbd keys="g p" />
      </Row>
    </Group>
  );
}

function Choices() {
  const [one, setOne] = useState("b");
  const [checked, setChecked] = useState(true);
  const [zone, setZone] = useState("1");
  return (
    <Group title={gallery.choices}>
      <SegmentedControl
        label={gallery.segmented}
        value={one}
        onChange={setOne}
        options={["a", "b", "c"].map((value) => ({ value, label: `${gallery.option} ${value}` }))}
      />
      <Row>
        <Checkbox isSelected={checked} onChange={setChecked}>
          {gallery.checked}
        </Checkbox>
        <Checkbox isSelected={false} isIndeterminate onChange={setChecked}>
          {gallery.some}
        </Checkbox>
        <Checkbox isSelected={false} isDisabled onChange={setChecked}>
          {gallery.disabled}
        </Checkbox>
      </Row>
      <ComboBox
        label={gallery.comboBox}
        note={gallery.comboNote}
        options={Array.from({ length: 40 }, (_, index) => ({ id: String(index), label: `${gallery.option} ${index}` }))}
        value={zone}
        onChange={setZone}
      />
      <Menu label={gallery.menu} placement="bottom start" trigger={<Button>{gallery.menu}</Button>}>
        <MenuItem icon={<Plus size={14} />} shortcut="n" onAction={() => {}}>
          {gallery.menuItem}
        </MenuItem>
        <MenuItem onAction={() => {}}>{gallery.otherItem}</MenuItem>
      </Menu>
    </Group>
  );
}

function Fields() {
  const [text, setText] = useState("");
  return (
    <Group title={gallery.fields}>
      <TextField label={gallery.field} note={gallery.note} value={text} onChange={setText} />
      <TextField label={gallery.wrongField} error={gallery.error} value={sample.code} onChange={() => {}} />
      <TextField label={gallery.disabledField} isDisabled value={sample.code} onChange={() => {}} />
      <PasswordField label={gallery.password} value={sample.verb} onChange={() => {}} />
      <TextArea label={gallery.area} value={text} onChange={setText} />
      <SearchField label={gallery.search} shortcut="/" value={text} onChange={setText} />
    </Group>
  );
}

function Marks() {
  return (
    <Group title={gallery.marks}>
      <Row>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Row>
      <Row>
        {STATUSES.map((code) => (
          <StatusBadge key={code} code={code} />
        ))}
        {STATUSES.map((code) => (
          <StatusText key={code} code={code} />
        ))}
      </Row>
      <Row>
        {QUALITIES.map((quality) => (
          <AnnotationToken key={quality} name={gallery.annotation} value={quality} quality={quality} />
        ))}
      </Row>
      <Row>
        {[0, 0.0004, 0.036, 12.3, 999.6, 90_500, 5_400_000, -1500].map((ms) => (
          <Duration key={ms} ms={ms} />
        ))}
        <Count value={0} />
        <Count value={9999} />
        <Count value={1_234_567} />
        <When time={sample.time} />
        <Missing />
      </Row>
    </Group>
  );
}

function Messages() {
  return (
    <Group title={gallery.messages}>
      {ALERTS.map((tone) => (
        <Alert key={tone} tone={tone}>
          {gallery.alerts[tone]}
        </Alert>
      ))}
      <ErrorState compact error={new ApiError("unreachable", gallery.unreachable)} onRetry={() => {}} />
      <ErrorState compact error={new ApiError("outdated", errorsText.outdated)} />
      <ErrorState error={new ApiError("timeout", gallery.timeout, "HTTP 504")} onRetry={() => {}} />
      <EmptyState
        icon={<Inbox size={28} strokeWidth={1.5} />}
        title={gallery.empty}
        actions={<Button>{sample.verb}</Button>}
      >
        {gallery.emptyNote}
      </EmptyState>
      <EmptyNote>{gallery.note}</EmptyNote>
    </Group>
  );
}

function Overlays() {
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  return (
    <Group title={gallery.overlays}>
      <Row>
        <Button onPress={() => setOpen(true)}>{gallery.dialog}</Button>
        <Button look="danger" onPress={() => setAsking(true)}>
          {gallery.confirm}
        </Button>
        <Button
          onPress={() =>
            notify({ tone: "success", title: gallery.toast, action: { label: gallery.undo, run: () => {} } })
          }
        >
          {gallery.toast}
        </Button>
        <Button onPress={() => notify({ tone: "danger", title: gallery.failure, message: gallery.failureNote })}>
          {gallery.failure}
        </Button>
      </Row>
      <Dialog title={gallery.dialog} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className="p-4">{sample.body}</p>
      </Dialog>
      <ConfirmDialog
        title={gallery.confirm}
        confirm={sample.verb}
        typed={{ text: "gallery", label: gallery.typed }}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {}}
      >
        {sample.body}
      </ConfirmDialog>
    </Group>
  );
}

function Structures() {
  const [tab, setTab] = useState("one");
  return (
    <Group title={gallery.structures}>
      <div className="flex h-28 flex-col rounded-surface border border-line">
        <Tabs
          label={gallery.tabs}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: "one", title: gallery.tabOne, panel: <p className="p-3">{sample.meta}</p> },
            {
              id: "two",
              title: gallery.tabTwo,
              badge: <Badge tone="danger">2</Badge>,
              panel: <EmptyNote>{gallery.empty}</EmptyNote>,
            },
          ]}
        />
      </div>
      <Disclosure title={gallery.closed} note={sample.meta}>
        {sample.body}
      </Disclosure>
      <Disclosure title={gallery.opened} isInitiallyOpen>
        {sample.body}
      </Disclosure>
      <div className="flex flex-col gap-2">
        <Skeleton className="w-3/4" />
        <Skeleton className="w-1/2" />
      </div>
    </Group>
  );
}

function LongTexts() {
  return (
    <Group title={gallery.longTexts}>
      <CodeBlock label={gallery.code} code={sample.program} />
      <FoldedText text={sample.long}>{(shown) => <PlainText text={shown} />}</FoldedText>
      <Markdown text={sample.markdown} />
      <JsonView value={sample.json} />
      <p dir="auto">{sample.rightToLeft}</p>
    </Group>
  );
}

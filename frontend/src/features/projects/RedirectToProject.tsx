import { startTransition, Suspense, useState } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import { Navigate, useParams, useSearchParams } from "react-router";
import type { RedirectToProjectQuery } from "../../__generated__/RedirectToProjectQuery.graphql";
import { PageHead } from "../../app/shell/PageHead";
import { withSearch } from "../../lib/urlState";
import { projectsText } from "../../text/projects";
import { FirstTrace } from "./FirstTrace";

/** Links by name, from logs and SDKs. A name nobody sent traces for yet is not an error. */
export function RedirectToProject() {
  return (
    <Suspense>
      <Redirect />
    </Suspense>
  );
}

function Redirect() {
  const { name = "" } = useParams();
  const [params] = useSearchParams();
  const [attempt, setAttempt] = useState(0);
  const { getProjectByName: project } = useLazyLoadQuery<RedirectToProjectQuery>(
    graphql`
      query RedirectToProjectQuery($name: String!) {
        getProjectByName(name: $name) {
          id
        }
      }
    `,
    { name },
    { fetchPolicy: "network-only", fetchKey: attempt },
  );
  if (project) {
    return <Navigate to={withSearch(`/projects/${encodeURIComponent(project.id)}`, params)} replace />;
  }
  return (
    <>
      <PageHead crumbs={[{ title: projectsText.title, href: "/projects" }, { title: name }]} />
      <FirstTrace projectName={name} onPoll={() => startTransition(() => setAttempt((count) => count + 1))} />
    </>
  );
}

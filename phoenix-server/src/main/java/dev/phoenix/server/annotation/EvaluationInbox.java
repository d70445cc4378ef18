package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.ingest.Evaluation;
import dev.phoenix.server.ingest.Evaluations;
import dev.phoenix.server.ingest.OverloadException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Evaluations that come as events of spans become annotations of these spans. */
@Component
class EvaluationInbox implements Evaluations {

    /** Nobody: whoever may send spans may repeat them. */
    private static final Author SENDER = new Author(null, false, false);

    private static final Logger log = LoggerFactory.getLogger(EvaluationInbox.class);

    private final AnnotationInbox inbox;

    EvaluationInbox(AnnotationInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void accept(List<Evaluation> evaluations) throws OverloadException {
        List<Draft> drafts = new ArrayList<>();
        for (Evaluation evaluation : evaluations) {
            try {
                drafts.add(draft(evaluation));
            } catch (ApiException e) {
                log.warn("An evaluation in an event is no annotation: {}", e.getMessage());
            }
        }
        if (drafts.isEmpty()) {
            return;
        }
        try {
            inbox.accept(Target.SPAN, drafts, SENDER);
        } catch (ApiException e) {
            throw new OverloadException(e.getMessage(), e);
        } catch (org.jooq.exception.DataAccessException | DataAccessException e) {
            throw new OverloadException("the database is not available; retry", e);
        }
    }

    private static Draft draft(Evaluation evaluation) {
        if (evaluation.name().equals(Annotation.NOTE)) {
            throw ApiException.unprocessable("the name note is reserved for notes");
        }
        return Draft.of(
                evaluation.spanId(),
                new Content(
                        evaluation.name(),
                        evaluation.identifier(),
                        evaluation.byModel() ? AnnotatorKind.LLM : AnnotatorKind.CODE,
                        evaluation.label(),
                        evaluation.score(),
                        evaluation.explanation(),
                        evaluation.metadata(),
                        AnnotationSource.API,
                        null));
    }
}

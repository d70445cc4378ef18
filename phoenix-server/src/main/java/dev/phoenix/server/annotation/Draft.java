package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.trace.Annotatable.Found;

/**
 * An annotation as it was sent.
 *
 * @param targetId the id of the span, trace or session
 * @param position of the document; 0 for everything else
 */
record Draft(String targetId, int position, Content content) {

    /** What both engines can keep in an index together with the rest of the row. */
    private static final int MAX_SLOT_BYTES = 2000;

    Draft {
        targetId = Content.storable(targetId);
        long bytes =
                Content.utf8(targetId)
                        + Content.utf8(content.name())
                        + Content.utf8(content.identifier());
        if (bytes > MAX_SLOT_BYTES) {
            throw ApiException.unprocessable(
                    "name, identifier and the annotated id must have at most %d bytes together, had %d"
                            .formatted(MAX_SLOT_BYTES, bytes));
        }
    }

    static Draft of(String targetId, Content content) {
        return new Draft(targetId, 0, content);
    }

    /** Its size while it waits for its target. */
    long bytes() {
        return Content.utf8(targetId) + content.bytes();
    }

    /** Where the annotation waits as long as the key of its target is unknown. */
    Slot<String> slot() {
        return new Slot<>(targetId, position, content.name(), content.identifier());
    }

    Slot<Long> slot(long targetKey) {
        return new Slot<>(targetKey, position, content.name(), content.identifier());
    }

    /** Whether what is annotated has the document that an annotation of a document is about. */
    boolean fits(Target target, Found annotated) {
        return target != Target.DOCUMENT || position >= 0 && position < annotated.documentCount();
    }
}

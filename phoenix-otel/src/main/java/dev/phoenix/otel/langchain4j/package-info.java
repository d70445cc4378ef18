/**
 * Traces LangChain4j: chat models, embedding models, content retrievers and tools.
 *
 * <p>Needs {@code dev.langchain4j:langchain4j} on the class path, which this library only has as an
 * optional dependency.
 */
@NullMarked
package dev.phoenix.otel.langchain4j;

import org.jspecify.annotations.NullMarked;

package dev.phoenix.core.openinference;

/**
 * Attribute keys of the OpenInference convention. Keys of list members are built with {@link
 * #at(String, int, String)}: {@code at(LLM_INPUT_MESSAGES, 0, MESSAGE_ROLE)} is {@code
 * llm.input_messages.0.message.role}.
 *
 * @see <a href="https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md">
 *     OpenInference semantic conventions</a>
 */
public final class OpenInference {

    // Resource
    public static final String PROJECT_NAME = "openinference.project.name";

    // Any span
    public static final String SPAN_KIND = "openinference.span.kind";
    public static final String INPUT_VALUE = "input.value";
    public static final String INPUT_MIME_TYPE = "input.mime_type";
    public static final String OUTPUT_VALUE = "output.value";
    public static final String OUTPUT_MIME_TYPE = "output.mime_type";

    /** JSON text of an object. */
    public static final String METADATA = "metadata";

    public static final String SESSION_ID = "session.id";
    public static final String USER_ID = "user.id";

    /** List of strings. */
    public static final String TAG_TAGS = "tag.tags";

    // LLM
    public static final String LLM_MODEL_NAME = "llm.model_name";
    public static final String LLM_PROVIDER = "llm.provider";
    public static final String LLM_SYSTEM = "llm.system";

    /** JSON text of an object: temperature and the like. */
    public static final String LLM_INVOCATION_PARAMETERS = "llm.invocation_parameters";

    public static final String LLM_FINISH_REASON = "llm.finish_reason";
    public static final String LLM_INPUT_MESSAGES = "llm.input_messages";
    public static final String LLM_OUTPUT_MESSAGES = "llm.output_messages";
    public static final String LLM_PROMPTS = "llm.prompts";
    public static final String LLM_CHOICES = "llm.choices";
    public static final String LLM_TOOLS = "llm.tools";
    public static final String LLM_PROMPT_TEMPLATE = "llm.prompt_template.template";
    public static final String LLM_PROMPT_TEMPLATE_VERSION = "llm.prompt_template.version";

    /** JSON text of an object. */
    public static final String LLM_PROMPT_TEMPLATE_VARIABLES = "llm.prompt_template.variables";

    // Tokens, and cost in US dollars
    public static final String LLM_TOKEN_COUNT_PROMPT = "llm.token_count.prompt";
    public static final String LLM_TOKEN_COUNT_COMPLETION = "llm.token_count.completion";
    public static final String LLM_TOKEN_COUNT_TOTAL = "llm.token_count.total";
    public static final String LLM_TOKEN_COUNT_PROMPT_CACHE_READ =
            "llm.token_count.prompt_details.cache_read";
    public static final String LLM_TOKEN_COUNT_PROMPT_CACHE_WRITE =
            "llm.token_count.prompt_details.cache_write";
    public static final String LLM_TOKEN_COUNT_PROMPT_AUDIO =
            "llm.token_count.prompt_details.audio";
    public static final String LLM_TOKEN_COUNT_COMPLETION_REASONING =
            "llm.token_count.completion_details.reasoning";
    public static final String LLM_TOKEN_COUNT_COMPLETION_AUDIO =
            "llm.token_count.completion_details.audio";
    public static final String LLM_COST_PROMPT = "llm.cost.prompt";
    public static final String LLM_COST_COMPLETION = "llm.cost.completion";
    public static final String LLM_COST_TOTAL = "llm.cost.total";

    // Members of LLM_INPUT_MESSAGES and LLM_OUTPUT_MESSAGES
    public static final String MESSAGE_ROLE = "message.role";
    public static final String MESSAGE_CONTENT = "message.content";
    public static final String MESSAGE_CONTENTS = "message.contents";
    public static final String MESSAGE_NAME = "message.name";
    public static final String MESSAGE_TOOL_CALLS = "message.tool_calls";
    public static final String MESSAGE_TOOL_CALL_ID = "message.tool_call_id";
    public static final String MESSAGE_FUNCTION_CALL_NAME = "message.function_call_name";
    public static final String MESSAGE_FUNCTION_CALL_ARGUMENTS_JSON =
            "message.function_call_arguments_json";

    // Members of MESSAGE_CONTENTS
    public static final String MESSAGE_CONTENT_TYPE = "message_content.type";
    public static final String MESSAGE_CONTENT_TEXT = "message_content.text";
    public static final String MESSAGE_CONTENT_IMAGE_URL = "message_content.image.image.url";

    // Members of MESSAGE_TOOL_CALLS
    public static final String TOOL_CALL_ID = "tool_call.id";
    public static final String TOOL_CALL_FUNCTION_NAME = "tool_call.function.name";

    /** JSON text of an object. */
    public static final String TOOL_CALL_FUNCTION_ARGUMENTS = "tool_call.function.arguments";

    /** Member of {@link #LLM_TOOLS}: JSON text of the tool's definition. */
    public static final String TOOL_JSON_SCHEMA = "tool.json_schema";

    // Tool
    public static final String TOOL_ID = "tool.id";
    public static final String TOOL_NAME = "tool.name";
    public static final String TOOL_DESCRIPTION = "tool.description";

    /** JSON text of an object. */
    public static final String TOOL_PARAMETERS = "tool.parameters";

    // Retriever and reranker
    public static final String RETRIEVAL_DOCUMENTS = "retrieval.documents";
    public static final String RERANKER_QUERY = "reranker.query";
    public static final String RERANKER_MODEL_NAME = "reranker.model_name";
    public static final String RERANKER_TOP_K = "reranker.top_k";
    public static final String RERANKER_INPUT_DOCUMENTS = "reranker.input_documents";
    public static final String RERANKER_OUTPUT_DOCUMENTS = "reranker.output_documents";

    // Members of the document lists
    public static final String DOCUMENT_ID = "document.id";
    public static final String DOCUMENT_CONTENT = "document.content";
    public static final String DOCUMENT_SCORE = "document.score";

    /** JSON text of an object. */
    public static final String DOCUMENT_METADATA = "document.metadata";

    // Embedding
    public static final String EMBEDDING_MODEL_NAME = "embedding.model_name";
    public static final String EMBEDDING_EMBEDDINGS = "embedding.embeddings";

    // Members of EMBEDDING_EMBEDDINGS
    public static final String EMBEDDING_TEXT = "embedding.text";
    public static final String EMBEDDING_VECTOR = "embedding.vector";

    // Agent
    public static final String AGENT_NAME = "agent.name";
    public static final String GRAPH_NODE_ID = "graph.node.id";
    public static final String GRAPH_NODE_NAME = "graph.node.name";
    public static final String GRAPH_NODE_PARENT_ID = "graph.node.parent_id";

    // Values of the mime types
    public static final String TEXT = "text/plain";
    public static final String JSON = "application/json";

    private OpenInference() {}

    /**
     * The key of one field of one list member. Lists inside lists nest: {@code
     * at(at(LLM_OUTPUT_MESSAGES, 0, MESSAGE_TOOL_CALLS), 1, TOOL_CALL_ID)}.
     *
     * @param index zero-based
     */
    public static String at(String list, int index, String field) {
        return list + '.' + index + '.' + field;
    }
}

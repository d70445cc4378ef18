package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where an image is in the parts of messages of different providers. */
final class Images {

    private Images() {}

    static boolean isImage(JsonNode part) {
        return part.has("image_url")
                || part.has("inline_data")
                || part.has("inlineData")
                || part.has("file_data")
                || part.has("fileData")
                || part.has("media")
                || part.has("image");
    }

    /** Whether it says that it is sound, film or a document. */
    static boolean isOther(JsonNode part) {
        String modality = part.path("modality").asString("image");
        return !modality.equals("image") || !mimeType(part, part).startsWith("image/");
    }

    /** An address, or the image itself as a data URL. */
    static @Nullable String url(JsonNode part) {
        JsonNode source =
                Messages.first(
                        part,
                        "image_url",
                        "source",
                        "inline_data",
                        "inlineData",
                        "file_data",
                        "fileData",
                        "image",
                        "media",
                        "uri",
                        "url",
                        "content",
                        "data",
                        "file");
        if (source == null) {
            return null;
        }
        if (source.path("source").isObject()) {
            // Bedrock's, which has the last part of the type beside it.
            JsonNode bytes = source.get("source").get("bytes");
            String type = "image/" + source.path("format").asString("png");
            return bytes == null ? null : complete(bytes, type);
        }
        if (source.isObject()) {
            JsonNode address =
                    Messages.first(
                            source,
                            "url",
                            "uri",
                            "fileUri",
                            "file_uri",
                            "data",
                            "bytes",
                            "base64Data");
            return address == null ? null : complete(address, mimeType(source, part));
        }
        return source.isString() ? complete(source, mimeType(part, part)) : null;
    }

    private static String mimeType(JsonNode first, JsonNode second) {
        for (JsonNode object : new JsonNode[] {first, second}) {
            JsonNode type =
                    Messages.first(
                            object,
                            "mime_type",
                            "mimeType",
                            "media_type",
                            "mediaType",
                            "contentType");
            if (type != null && type.isString()) {
                return type.asString();
            }
        }
        return "image/png";
    }

    private static @Nullable String complete(JsonNode address, String mimeType) {
        if (!address.isString()) {
            return null;
        }
        String text = address.asString();
        return text.contains(":") ? text : "data:" + mimeType + ";base64," + text;
    }
}

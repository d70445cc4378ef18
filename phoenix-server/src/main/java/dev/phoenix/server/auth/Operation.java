package dev.phoenix.server.auth;

/** Something a caller can ask for, by the name its surface gives it. */
record Operation(Surface surface, String name) {

    enum Surface {
        /** {@code GET /v1/projects}: method and path template. */
        HTTP,
        /** {@code package.Service/Method}. */
        GRPC,
        /** {@code Type.field}. */
        GRAPHQL_FIELD,
        GRAPHQL_TYPE
    }

    static Operation http(String method, String path) {
        // Whoever may read may ask for the headers alone.
        return new Operation(Surface.HTTP, (method.equals("HEAD") ? "GET" : method) + " " + path);
    }

    static Operation grpc(String method) {
        return new Operation(Surface.GRPC, method);
    }

    static Operation field(String type, String field) {
        return new Operation(Surface.GRAPHQL_FIELD, type + "." + field);
    }

    static Operation type(String type) {
        return new Operation(Surface.GRAPHQL_TYPE, type);
    }

    @Override
    public String toString() {
        return surface + " " + name;
    }
}

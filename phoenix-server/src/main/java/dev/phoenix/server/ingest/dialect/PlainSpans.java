package dev.phoenix.server.ingest.dialect;

import java.util.List;

/** Spans without a model: databases, requests, queues. */
final class PlainSpans implements Dialect {

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String title() {
        return "HTTP, RPC, SQL and messaging";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "http.request.method",
                "http.method",
                "rpc.system",
                "messaging.system",
                "db.system",
                "db.statement",
                "db.query.text");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return true;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.input("db.query.text", "db.statement"),
                Rule.text("user.id", "enduser.id", "enduser.pseudo.id"));
    }
}

package dev.phoenix.benchmarks.load;

/** How many bytes of OTLP a span has, and how many spans a request, so that none exceeds 1 MB. */
public enum SpanSize {
    KB_1("1k", 1, 100),
    KB_2("2k", 2, 100),
    KB_10("10k", 10, 100),
    KB_100("100k", 100, 10);

    private final String label;
    private final int kibibytes;
    private final int spansPerRequest;

    SpanSize(String label, int kibibytes, int spansPerRequest) {
        this.label = label;
        this.kibibytes = kibibytes;
        this.spansPerRequest = spansPerRequest;
    }

    int bytes() {
        return kibibytes << 10;
    }

    public int spansPerRequest() {
        return spansPerRequest;
    }

    @Override
    public String toString() {
        return label;
    }
}

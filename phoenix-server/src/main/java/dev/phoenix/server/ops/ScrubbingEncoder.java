package dev.phoenix.server.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Scrubs whole lines, so that stack traces and structured fields are covered too. */
final class ScrubbingEncoder extends EncoderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> lines;
    private final LogScrubber scrubber;

    ScrubbingEncoder(Encoder<ILoggingEvent> lines, LogScrubber scrubber) {
        this.lines = lines;
        this.scrubber = scrubber;
    }

    @Override
    public byte[] headerBytes() {
        return lines.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(lines.encode(event), StandardCharsets.UTF_8);
        return scrubber.scrub(line).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return lines.footerBytes();
    }
}

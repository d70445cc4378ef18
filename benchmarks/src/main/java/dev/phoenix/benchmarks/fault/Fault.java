package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.target.Engine;
import org.jspecify.annotations.Nullable;

/** One kind of trouble, caused on purpose. */
interface Fault {

    /** As the command line takes it. */
    String name();

    default boolean concerns(Engine engine) {
        return true;
    }

    /** Why it cannot be caused on this machine; null where it can. */
    default @Nullable String obstacle() throws Exception {
        return null;
    }

    Report cause(Engine engine, Effort effort) throws Exception;
}

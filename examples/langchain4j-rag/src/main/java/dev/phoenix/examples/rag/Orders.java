package dev.phoenix.examples.rag;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

/** Stands for the shop's order system. */
final class Orders {

    @Tool("Tells the state of an order")
    String orderStatus(@P("number of the order") String orderNumber) {
        return "Order " + orderNumber + " was shipped yesterday and arrives on Friday";
    }
}

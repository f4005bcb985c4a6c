package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is there already. */
public record Constant<T extends @Nullable Object>(T value) implements Value<T> {

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public String operator() {
        return "value";
    }
}

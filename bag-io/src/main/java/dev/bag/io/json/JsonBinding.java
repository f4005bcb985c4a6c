package dev.bag.io.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How Jackson makes objects of one type. The readers hold the settings that their mapper had when they were made. They cannot
 * be sent elsewhere, since they refer to what they have found out about classes; the mapper can, as long as it reads nothing.
 *
 * @param mapper reads nothing
 * @param alone reads a document, and fails if something follows it
 * @param following reads a document where its parser is, and leaves the parser behind it
 */
public record JsonBinding<T>(ObjectMapper mapper, JavaType type, ObjectReader alone, ObjectReader following)
        implements Serializable {

    /** Made when it is first needed: programs that read no JSON do not load Jackson. */
    private static final class OfJackson {

        /**
         * As Jackson makes them, but for two settings that only speed depends on: names of fields are not interned, and doubles
         * are parsed by the quicker of two ways.
         */
        static final ObjectMapper MAPPER = new JsonMapper(JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build());

        private OfJackson() {}
    }

    /** Returns the mapper that is used unless another one is given. */
    public static ObjectMapper defaultMapper() {
        return OfJackson.MAPPER;
    }

    /** Checks a mapper that a user gave. */
    public static ObjectMapper checked(ObjectMapper mapper) {
        String format = mapper.getFactory().getFormatName();
        if (format != null && !JsonFactory.FORMAT_NAME_JSON.equals(format)) { // null: a class of the user's
            throw new IllegalArgumentException("mapper(...): it is one of " + format + ", not JSON");
        }
        return mapper;
    }

    /** Returns how trees are made. */
    public static JsonBinding<JsonNode> ofTrees(ObjectMapper mapper) {
        return of(mapper, mapper.constructType(JsonNode.class));
    }

    /** Returns how objects of a class are made. */
    public static <T> JsonBinding<T> of(ObjectMapper mapper, Class<T> type) {
        return checked(mapper, mapper.constructType(requireNonNull(type, "type")), type.getSimpleName() + ".class");
    }

    /** Returns how objects of a generic type are made. */
    public static <T> JsonBinding<T> of(ObjectMapper mapper, TypeReference<T> type) {
        JavaType java = mapper.constructType(requireNonNull(type, "type"));
        return checked(mapper, java, java.toCanonical());
    }

    private static <T> JsonBinding<T> checked(ObjectMapper mapper, JavaType type, String asked) {
        String obstacle = obstacle(mapper, type);
        if (obstacle != null) {
            throw new IllegalArgumentException("read(" + asked + "): Jackson cannot make objects of it: " + obstacle
                    + "\n  Change the class, or read it with JsonLines.options().mapper(...).");
        }
        return of(mapper, type);
    }

    private static <T> JsonBinding<T> of(ObjectMapper mapper, JavaType type) {
        ObjectMapper pristine = copyOf(mapper);
        ObjectReader reader = copyOf(pristine).readerFor(type);
        return new JsonBinding<>(
                pristine,
                type,
                reader.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS),
                reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
    }

    /** A mapper of a class of the user's may not know how to copy itself. */
    public static ObjectMapper copyOf(ObjectMapper mapper) {
        try {
            return mapper.copy();
        } catch (IllegalStateException e) {
            return mapper;
        }
    }

    /** Returns what messages call the type. */
    String typeName() {
        return type.getRawClass().getSimpleName();
    }

    /** Returns whether documents become trees, of whatever kind they are. */
    boolean isTree() {
        return type.hasRawClass(JsonNode.class);
    }

    /** Returns whether the parser accepts JSON and nothing else, so that {@code JsonScanner} may explain its errors. */
    boolean isPlain() {
        JsonFactory factory = mapper.getFactory();
        return Arrays.stream(JsonReadFeature.values()).noneMatch(each -> factory.isEnabled(each.mappedFeature()));
    }

    private Object writeReplace() {
        return new Sent(mapper, type);
    }

    private record Sent(ObjectMapper mapper, JavaType type) implements Serializable {

        private Object readResolve() {
            return of(mapper, type);
        }
    }

    /** Returns why Jackson cannot make objects of a type, as far as that is known without a document; null if it can. */
    private static @Nullable String obstacle(ObjectMapper mapper, JavaType type) {
        if (!(mapper.getDeserializationContext() instanceof DefaultDeserializationContext context)) {
            return null;
        }
        JsonDeserializer<?> found;
        try {
            found = context.createDummyInstance(mapper.getDeserializationConfig())
                    .findRootValueDeserializer(type);
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage();
        }
        if (found instanceof AbstractDeserializer) {
            return "it is abstract, and nothing says which class is meant.";
        }
        if (found instanceof BeanDeserializerBase bean
                && !bean.getValueInstantiator().canInstantiate()) {
            return "it has no constructor that Jackson can use.";
        }
        return null;
    }
}

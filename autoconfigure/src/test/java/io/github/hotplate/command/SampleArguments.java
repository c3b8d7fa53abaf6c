package io.github.hotplate.command;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Makes arguments for methods that are found by reflection. No two texts are alike, so
 * that each can be found again among the arguments of a command.
 */
public final class SampleArguments {

	/**
	 * Few types are built from others more deeply.
	 */
	private static final int DEPTH = 4;

	private final Map<Class<?>, Object> known;

	private int number;

	public SampleArguments() {
		this(Map.of());
	}

	/**
	 * Create samples.
	 * @param known the arguments of types that need care
	 */
	public SampleArguments(Map<Class<?>, Object> known) {
		this.known = known;
	}

	/**
	 * Make the arguments of a method.
	 * @param method the method
	 * @return the arguments
	 */
	public Object[] of(Executable method) {
		return of(method, 0);
	}

	private Object[] of(Executable method, int depth) {
		return Stream.of(method.getGenericParameterTypes()).map((type) -> value(type, depth)).toArray();
	}

	private Object value(Type type, int depth) {
		if (type instanceof TypeVariable<?> variable) {
			return value(variable.getBounds()[0], depth);
		}
		if (type instanceof WildcardType wildcard) {
			return value(wildcard.getUpperBounds()[0], depth);
		}
		if (type instanceof GenericArrayType array) {
			return array(erased(array.getGenericComponentType()), array.getGenericComponentType(), depth);
		}
		if (type instanceof ParameterizedType parameterized) {
			return parameterized((Class<?>) parameterized.getRawType(), parameterized.getActualTypeArguments(), depth);
		}
		return plain((Class<?>) type, depth);
	}

	private static Class<?> erased(Type type) {
		return (type instanceof ParameterizedType parameterized) ? (Class<?>) parameterized.getRawType()
				: (type instanceof Class<?> plain) ? plain : Object.class;
	}

	private Object array(Class<?> component, Type type, int depth) {
		Object array = Array.newInstance(component, 2);
		Array.set(array, 0, value(type, depth));
		Array.set(array, 1, value(type, depth));
		return array;
	}

	private Object parameterized(Class<?> raw, Type[] arguments, int depth) {
		if (raw.isAssignableFrom(List.class)) {
			return List.of(value(arguments[0], depth), value(arguments[0], depth));
		}
		if (raw == Set.class) {
			return Set.of(value(arguments[0], depth));
		}
		if (raw == Map.class) {
			Map<Object, Object> map = new LinkedHashMap<>();
			map.put(value(arguments[0], depth), value(arguments[1], depth));
			map.put(value(arguments[0], depth), value(arguments[1], depth));
			return map;
		}
		if (raw == Map.Entry.class) {
			return Map.entry(value(arguments[0], depth), value(arguments[1], depth));
		}
		return plain(raw, depth);
	}

	private Object plain(Class<?> type, int depth) {
		if (this.known.containsKey(type)) {
			return this.known.get(type);
		}
		if (type == String.class || type == CharSequence.class) {
			return "text" + ++this.number;
		}
		if (type == byte[].class || type == Object.class) {
			return ("bytes" + ++this.number).getBytes(StandardCharsets.UTF_8);
		}
		if (type == int.class || type == Integer.class) {
			return 1;
		}
		if (type == long.class || type == Long.class) {
			return 1L;
		}
		if (type == double.class || type == Double.class || type == Number.class) {
			return 1.5;
		}
		if (type == float.class || type == Float.class) {
			return 1.5F;
		}
		if (type == boolean.class || type == Boolean.class) {
			return true;
		}
		if (type == Class.class) {
			return String.class;
		}
		if (type == Duration.class) {
			return Duration.ofMinutes(2);
		}
		if (type == Instant.class) {
			return Instant.ofEpochSecond(4_000_000_000L);
		}
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		if (type.isArray()) {
			return array(type.getComponentType(), type.getComponentType(), depth);
		}
		if (type == Collection.class || type == Iterable.class || type == List.class) {
			return List.of(plain(Object.class, depth), plain(Object.class, depth));
		}
		return Objects.requireNonNull(made(type, depth), () -> "No way to make a " + type);
	}

	private @Nullable Object made(Class<?> type, int depth) {
		if (depth > DEPTH) {
			return null;
		}
		for (Executable maker : makers(type)) {
			try {
				Object[] arguments = of(maker, depth + 1);
				Object made = (maker instanceof Constructor<?> constructor) ? constructor.newInstance(arguments)
						: ((Method) maker).invoke(null, arguments);
				if (made != null) {
					return made;
				}
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				// Another maker may do.
				continue;
			}
		}
		return null;
	}

	private static List<Executable> makers(Class<?> type) {
		List<Executable> makers = new ArrayList<>();
		if (!Modifier.isAbstract(type.getModifiers())) {
			makers.addAll(Arrays.asList(type.getConstructors()));
		}
		Stream.of(type.getMethods())
			.filter((method) -> Modifier.isStatic(method.getModifiers()))
			.filter((method) -> type.isAssignableFrom(method.getReturnType()))
			.forEach(makers::add);
		makers.sort(Comparator.comparingInt(Executable::getParameterCount).thenComparing(Executable::toString));
		return makers;
	}

}

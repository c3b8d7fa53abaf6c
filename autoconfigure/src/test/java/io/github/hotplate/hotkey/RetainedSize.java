package io.github.hotplate.hotkey;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Estimates how much memory an object holds, generously: 16 bytes a header, eight a field
 * or reference, and the rounding. Collections of the JDK are taken by what they hold, at
 * 56 bytes an entry.
 */
final class RetainedSize {

	private static final int HEADER = 16;

	private static final int ENTRY = 56;

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Deque<Object> pending = new ArrayDeque<>();

	long of(Object root) {
		visit(root);
		long bytes = 0;
		while (!this.pending.isEmpty()) {
			bytes += shallow(this.pending.remove());
		}
		return bytes;
	}

	private long shallow(Object object) {
		Class<?> type = object.getClass();
		if (type.isArray()) {
			return array(object, type.getComponentType());
		}
		if (object instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				visit(key);
				visit(value);
			});
			return HEADER + (long) ENTRY * map.size();
		}
		if (object instanceof Collection<?> elements) {
			elements.forEach(this::visit);
			return HEADER + (long) ENTRY * elements.size();
		}
		if (object instanceof AtomicReferenceArray<?> places) {
			for (int i = 0; i < places.length(); i++) {
				visit(places.get(i));
			}
			return HEADER + 8L * places.length();
		}
		if (object instanceof String text) {
			return 2 * HEADER + 8 + 2L * text.length();
		}
		return type.getName().startsWith("io.github.hotplate.") ? fields(object, type) : 2 * HEADER;
	}

	private long array(Object array, Class<?> component) {
		int length = Array.getLength(array);
		if (component.isPrimitive()) {
			int size = (component == byte.class) ? 1 : (component == float.class || component == int.class) ? 4 : 8;
			return HEADER + 8 + (long) size * length;
		}
		for (int i = 0; i < length; i++) {
			visit(Array.get(array, i));
		}
		return HEADER + 8L * length;
	}

	private long fields(Object object, Class<?> type) {
		long bytes = HEADER;
		for (Field field : type.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				bytes += 8;
				if (!field.getType().isPrimitive()) {
					field.setAccessible(true);
					try {
						visit(field.get(object));
					}
					catch (IllegalAccessException ex) {
						throw new IllegalStateException(ex);
					}
				}
			}
		}
		return bytes;
	}

	private void visit(Object object) {
		if (object != null && !(object instanceof Enum<?>) && this.seen.add(object)) {
			this.pending.add(object);
		}
	}

}

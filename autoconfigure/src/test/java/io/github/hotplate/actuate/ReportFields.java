package io.github.hotplate.actuate;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.hotplate.documentation.Document;

/**
 * The fields of a client's report: those that the documentation names and those that the
 * code has.
 */
final class ReportFields {

	private ReportFields() {
	}

	static Set<String> documented() {
		return Document.of("monitoring.md")
			.rows("| field of a client | meaning |")
			.flatMap((row) -> Document.code(row[0]).stream())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	static Set<String> ofCode() {
		Set<String> fields = new TreeSet<>();
		collect("", ClientReport.class, fields);
		// Waits are for the limit of all nodes.
		fields.remove("nodes.pool.exhaustedWaits");
		return fields;
	}

	private static void collect(String path, Class<?> type, Set<String> fields) {
		for (RecordComponent component : type.getRecordComponents()) {
			String field = path + component.getName();
			Type content = component.getGenericType();
			if (content instanceof ParameterizedType generic) {
				content = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
			}
			if (content instanceof Class<?> nested && nested.getEnclosingClass() == ClientReport.class) {
				collect(field + ".", nested, fields);
			}
			else {
				fields.add(field);
			}
		}
	}

}

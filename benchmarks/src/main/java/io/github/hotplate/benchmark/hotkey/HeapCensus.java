package io.github.hotplate.benchmark.hotkey;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The living objects of this virtual machine, counted by a full collection.
 *
 * @param bytes the bytes of all objects
 * @param bytesByClass the bytes of each class's instances
 */
record HeapCensus(long bytes, Map<String, Long> bytesByClass) {

	private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");

	static HeapCensus take() {
		try {
			Object histogram = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			Map<String, Long> bytesByClass = LINE.matcher(histogram.toString())
				.results()
				.collect(Collectors.toMap((line) -> line.group(2), (line) -> Long.valueOf(line.group(1)), Long::sum));
			return new HeapCensus(bytesByClass.values().stream().mapToLong(Long::longValue).sum(), bytesByClass);
		}
		catch (JMException ex) {
			throw new IllegalStateException("This virtual machine does not count its objects", ex);
		}
	}

	/**
	 * Return a copy that is small enough to be kept while others are taken.
	 * @param classes of how many classes to keep the bytes, those with most first
	 * @return a smaller census
	 */
	HeapCensus trimmed(int classes) {
		return new HeapCensus(this.bytes,
				this.bytesByClass.entrySet()
					.stream()
					.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
					.limit(classes)
					.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	/**
	 * Return the classes whose instances have become more.
	 * @param before an earlier census
	 * @param limit how many classes
	 * @return each class with its additional KiB, the most first
	 */
	List<String> growthSince(HeapCensus before, int limit) {
		return this.bytesByClass.entrySet()
			.stream()
			.map((entry) -> Map.entry(entry.getKey(),
					entry.getValue() - before.bytesByClass.getOrDefault(entry.getKey(), 0L)))
			.sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> entry.getValue()).reversed())
			.limit(limit)
			.map((entry) -> "%s %,d".formatted(entry.getKey(), entry.getValue() / 1_024))
			.toList();
	}

}

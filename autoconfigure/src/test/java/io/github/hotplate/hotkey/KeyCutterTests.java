package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyCutter}.
 */
class KeyCutterTests {

	private final KeyCutter cutter = new KeyCutter(32);

	@Test
	void shortKeyStaysAsItIs() {
		byte[] bytes = new byte[32];
		assertThat(this.cutter.cut(bytes)).isSameAs(bytes);
		String text = "user:1";
		assertThat(this.cutter.cut(text)).isSameAs(text);
		assertThat(text("a".repeat(32))).isEqualTo("a".repeat(32));
	}

	@Test
	void longKeyEndsInDigest() {
		assertThat(text("user:123:" + "x".repeat(100))).matches("user:123:xxx\\.\\.\\.#\\p{XDigit}{16}").hasSize(32);
	}

	@Test
	void keysWithSameBeginningStayApart() {
		assertThat(text("a".repeat(100) + "1")).isNotEqualTo(text("a".repeat(100) + "2"));
		assertThat(text("a".repeat(100))).isEqualTo(text("a".repeat(100)));
	}

	@Test
	void stringAndItsBytesAreCutAlike() {
		String key = "k".repeat(100);
		assertThat(this.cutter.cut(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(this.cutter.cut(key));
	}

	@Test
	void charactersAreNotCutInTwo() {
		assertThat(text("12345678901" + "é".repeat(50))).startsWith("12345678901...#");
		assertThat(text("1234567890" + "é".repeat(50))).startsWith("1234567890é...#");
	}

	private String text(String key) {
		Object cut = this.cutter.cut(key);
		return (cut instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : (String) cut;
	}

}

package io.github.hotplate.request;

import java.io.PrintWriter;

import jakarta.servlet.http.HttpServletResponse;

/**
 * The content of a {@link ServerTimingResponse} as text.
 */
final class ServerTimingWriter extends PrintWriter {

	// Shifts between the alphabets of an encoding included.
	private static final long MAX_BYTES_PER_CHAR = 8;

	private final PrintWriter writer;

	private final HttpServletResponse response;

	private final ServerTimingHeader header;

	ServerTimingWriter(PrintWriter writer, HttpServletResponse response, ServerTimingHeader header) {
		super(writer);
		this.writer = writer;
		this.response = response;
		this.header = header;
	}

	@Override
	public void write(int character) {
		beforeWrite(1);
		this.writer.write(character);
	}

	@Override
	public void write(char[] characters, int offset, int length) {
		beforeWrite(length);
		this.writer.write(characters, offset, length);
	}

	@Override
	public void write(String text, int offset, int length) {
		beforeWrite(length);
		this.writer.write(text, offset, length);
	}

	// Containers end lines as HTTP does, whatever the system.
	@Override
	public void println() {
		beforeWrite(2);
		this.writer.println();
	}

	private void beforeWrite(long characters) {
		this.header.beforeWrite(characters * MAX_BYTES_PER_CHAR, this.response);
	}

	@Override
	public void flush() {
		this.header.beforeCommit(this.response);
		this.writer.flush();
	}

	@Override
	public void close() {
		this.header.beforeCommit(this.response);
		this.writer.close();
	}

	@Override
	public boolean checkError() {
		this.header.beforeCommit(this.response);
		return this.writer.checkError();
	}

}

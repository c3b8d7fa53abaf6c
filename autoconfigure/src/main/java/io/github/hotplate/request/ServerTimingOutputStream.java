package io.github.hotplate.request;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The content of a {@link ServerTimingResponse} as bytes.
 */
final class ServerTimingOutputStream extends ServletOutputStream {

	private final ServletOutputStream stream;

	private final HttpServletResponse response;

	private final ServerTimingHeader header;

	ServerTimingOutputStream(ServletOutputStream stream, HttpServletResponse response, ServerTimingHeader header) {
		this.stream = stream;
		this.response = response;
		this.header = header;
	}

	@Override
	public void write(int b) throws IOException {
		this.header.beforeWrite(1, this.response);
		this.stream.write(b);
	}

	@Override
	public void write(byte[] bytes) throws IOException {
		write(bytes, 0, bytes.length);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		this.header.beforeWrite(length, this.response);
		this.stream.write(bytes, offset, length);
	}

	@Override
	public void write(ByteBuffer buffer) throws IOException {
		this.header.beforeWrite(buffer.remaining(), this.response);
		this.stream.write(buffer);
	}

	@Override
	public void flush() throws IOException {
		this.header.beforeCommit(this.response);
		this.stream.flush();
	}

	@Override
	public void close() throws IOException {
		this.header.beforeCommit(this.response);
		this.stream.close();
	}

	@Override
	public boolean isReady() {
		return this.stream.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.stream.setWriteListener(listener);
	}

}

import { Transform, type TransformCallback } from 'node:stream';

/** Characters of a chunk's header or a trailer, at most. */
const LINE_MAX = 1_024;

/**
 * Takes the chunk framing `aws-chunked` off a body, as the S3 clients send streams: `<hex size>[;signature]\r\n<bytes>\r\n`
 * … `0\r\n` trailers `\r\n`. Source: "Signature calculations for the Authorization header: chunked upload", S3 API reference.
 */
export class AwsChunkedDecoder extends Transform {
  private buffered: Buffer = Buffer.alloc(0);
  private left = 0;
  private ended = false;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.buffered = this.buffered.length === 0 ? chunk : Buffer.concat([this.buffered, chunk]);
    try {
      while (!this.ended && this.step());
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.ended ? null : new Error('The chunked body ends early.'));
  }

  /** Takes one piece off the buffer; false when more bytes are needed. */
  private step(): boolean {
    if (this.left > 0) return this.takeBytes();
    const end = this.buffered.indexOf('\r\n');
    if (end < 0) {
      if (this.buffered.length > LINE_MAX) throw new Error('A chunk has no size.');
      return false;
    }
    const line = this.buffered.subarray(0, end).toString('latin1');
    this.buffered = this.buffered.subarray(end + 2);
    if (line === '') return true;
    const [size = ''] = line.split(';');
    if (!/^[0-9a-f]{1,8}$/i.test(size)) throw new Error('A chunk has no size.');
    this.left = Number.parseInt(size, 16);
    this.ended = this.left === 0;
    return true;
  }

  private takeBytes(): boolean {
    if (this.buffered.length === 0) return false;
    const piece = this.buffered.subarray(0, this.left);
    this.left -= piece.length;
    this.buffered = this.buffered.subarray(piece.length);
    this.push(piece);
    return true;
  }
}

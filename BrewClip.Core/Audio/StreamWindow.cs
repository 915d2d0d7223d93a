namespace BrewClip.Core.Audio;

/// <summary>A read-only stretch of a seekable stream, as a stream of its own that starts at 0. The stream beneath stays open.</summary>
internal sealed class StreamWindow(Stream stream, long start, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Clamp(length - _position, 0, buffer.Length);
        if (wanted == 0)
        {
            return 0;
        }

        if (stream.Position != start + _position)
        {
            stream.Position = start + _position;
        }

        int read = stream.Read(buffer[..wanted]);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            _ => length,
        };
        return _position = target >= 0 ? target : throw new IOException("A seek went before the start of the stream.");
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The stream is read-only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read-only.");
}

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using BrewClip.Core.Audio;

namespace BrewClip.Core.Dependencies;

/// <summary>One file open in libsndfile, which reads it through callbacks into a managed stream.</summary>
internal sealed unsafe class SoundFileSource : IAudioSource
{
    private readonly Stream _stream;
    private readonly string _name;
    private GCHandle _self;
    private nint _file;
    private SoundFileInfo _info;
    private ExceptionDispatchInfo? _streamFailure;
    private long _framesRead;

    private SoundFileSource(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        _self = GCHandle.Alloc(this);
    }

    public int SampleRate => _info.SampleRate;

    public int Channels => _info.Channels;

    public long? ClaimedFrames => _info.Frames is > 0 and < SoundFileInfo.UnknownFrames ? _info.Frames : null;

    /// <summary>Opens the stream, or returns null where libsndfile does not know its format.</summary>
    /// <exception cref="DllNotFoundException">libsndfile is not installed.</exception>
    public static SoundFileSource? Open(Stream stream, string name, SoundFileInfo info)
    {
        var source = new SoundFileSource(stream, name);
        try
        {
            stream.Position = 0;
            var callbacks = new SoundFileCallbacks
            {
                GetLength = &GetLength,
                Seek = &Seek,
                Read = &Read,
                Write = &Write,
                Tell = &Tell,
            };
            source._file = SoundFileLibrary.OpenVirtual(callbacks, ref info, GCHandle.ToIntPtr(source._self));
            source._info = info;
            source._streamFailure?.Throw();
            if (source._file != 0)
            {
                return source;
            }
        }
        catch
        {
            source.Dispose();
            throw;
        }

        source.Dispose();
        return null;
    }

    public int ReadFrames(Span<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_file == 0, this);
        long frames;
        fixed (float* samples = interleaved)
        {
            frames = SoundFileLibrary.ReadFrames(_file, samples, interleaved.Length / Channels);
        }

        _streamFailure?.Throw();
        if (frames <= 0 && SoundFileLibrary.Error(_file) != 0)
        {
            throw new InvalidDataException($"'{_name}' is damaged after {_framesRead} samples: {SoundFileLibrary.ErrorText(_file)}");
        }

        if (frames <= 0 && _info.IsFlac && ClaimedFrames is { } claimed && _framesRead < claimed)
        {
            throw new InvalidDataException(
                $"'{_name}' holds {_framesRead} of the {claimed} samples that its header claims: it is cut short.");
        }

        _framesRead += frames;
        return (int)frames;
    }

    public void Dispose()
    {
        if (_file != 0)
        {
            SoundFileLibrary.Close(_file);
            _file = 0;
        }

        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long GetLength(nint user) => Of(user).Guard(static stream => stream.Length, failed: -1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(long offset, int whence, nint user) =>
        Of(user).Guard(stream => stream.Seek(offset, (SeekOrigin)whence), failed: -1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Read(byte* buffer, long count, nint user) =>
        Of(user).Guard(stream => stream.ReadAtLeast(new Span<byte>(buffer, (int)count), (int)count, throwOnEndOfStream: false), failed: 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Write(byte* buffer, long count, nint user) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Tell(nint user) => Of(user).Guard(static stream => stream.Position, failed: -1);

    private static SoundFileSource Of(nint user) => (SoundFileSource)GCHandle.FromIntPtr(user).Target!;

    /// <summary>An exception must not cross native frames: it is kept and thrown again on their other side.</summary>
    private long Guard(Func<Stream, long> action, long failed)
    {
        try
        {
            return action(_stream);
        }
        catch (Exception exception)
        {
            _streamFailure ??= ExceptionDispatchInfo.Capture(exception);
            return failed;
        }
    }
}

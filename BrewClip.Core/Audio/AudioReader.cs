using BrewClip.Core.Checkpoints;
using BrewClip.Core.Dependencies;

namespace BrewClip.Core.Audio;

/// <summary>
/// Reads a recording of any length forward in blocks, mixed to mono and resampled on the way, in memory that does not depend on how long
/// the recording is or claims to be. Not thread-safe.
/// </summary>
public sealed class AudioReader : IDisposable
{
    // A header that lies with 1 Hz would turn a megabyte into gigabytes as soon as someone resamples it.
    private const int MinSampleRate = 1000;
    private const int BlockSamples = 1 << 15;

    private readonly IAudioSource _source;
    private readonly Stream? _ownedStream;
    private readonly StreamingResampler? _resampler;
    private readonly float[] _interleaved;
    private readonly float[] _mono;
    private long _framesRead;
    private bool _isAtEnd;

    private AudioReader(string name, IAudioSource source, Stream? ownedStream, int? sampleRate)
    {
        Name = name;
        _source = source;
        _ownedStream = ownedStream;
        SampleRate = sampleRate ?? source.SampleRate;
        _resampler = SampleRate == source.SampleRate ? null : new StreamingResampler(source.SampleRate, SampleRate);
        int frames = Math.Max(1, BlockSamples / source.Channels);
        _interleaved = source.Channels == 1 ? [] : new float[frames * source.Channels];
        _mono = new float[frames];
    }

    /// <summary>What messages call the recording: its file's name, or the name given with its stream.</summary>
    public string Name { get; }

    /// <summary>The rate of the samples that <see cref="Read"/> gives.</summary>
    public int SampleRate { get; }

    /// <summary>The recording's own rate.</summary>
    public int SourceSampleRate => _source.SampleRate;

    /// <summary>The recording's own channels, which <see cref="Read"/> averages.</summary>
    public int Channels => _source.Channels;

    /// <summary>The samples that <see cref="Read"/> will give in all if the header tells the truth; null where it does not say.</summary>
    public long? ClaimedSamples => _source.ClaimedFrames is not { } frames
        ? null
        : _resampler is null ? frames : _resampler.OutputLength(frames);

    /// <summary>Opens a file: WAV in either dependency profile, and FLAC, Ogg Vorbis, Opus and MP3 where libsndfile decodes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sampleRate">The rate to read at; null for the file's own.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The path is a folder, a pipe or a device, or the file is empty, damaged or of an unsupported
    /// format.</exception>
    public static AudioReader Open(string path, int? sampleRate = null)
    {
        string name = Path.GetFileName(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is a folder: name an audio file within it.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no audio file '{path}'.", path);
        }

        var stream = RegularFile.OpenRead(path, name);
        try
        {
            return Open(stream, stream, name, sampleRate);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens the rest of a stream, which stays open and must be left alone until the reader is disposed.</summary>
    /// <param name="stream">A readable stream; one that cannot seek is first read into memory.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="sampleRate">The rate to read at; null for the recording's own.</param>
    /// <exception cref="InvalidDataException">The data is empty, damaged or of an unsupported format.</exception>
    public static AudioReader Open(Stream stream, string name = "stream", int? sampleRate = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            return Open(new StreamWindow(stream, stream.Position, Math.Max(0, stream.Length - stream.Position)), null, name, sampleRate);
        }

        var memory = new MemoryStream();
        try
        {
            stream.CopyTo(memory);
        }
        catch (IOException) when (memory.Length > int.MaxValue / 2)
        {
            throw new InvalidDataException($"'{name}' cannot seek and is longer than memory holds: save it to a file first.");
        }

        memory.Position = 0;
        return Open(memory, memory, name, sampleRate);
    }

    /// <summary>Reads the next samples.</summary>
    /// <returns>How many were read, which may be fewer than asked for before the end; 0 at the end or for an empty destination.</returns>
    /// <exception cref="InvalidDataException">The data is damaged here, holds a NaN or infinity, or there is no sample at all.</exception>
    public int Read(Span<float> destination)
    {
        if (destination.IsEmpty)
        {
            return 0;
        }

        if (_resampler is null)
        {
            return ReadMono(destination[..Math.Min(destination.Length, _mono.Length)]);
        }

        while (true)
        {
            int count = _resampler.Read(destination);
            if (count > 0 || _isAtEnd)
            {
                return count;
            }

            int read = ReadMono(_mono);
            if (read > 0)
            {
                _resampler.Write(_mono.AsSpan(0, read));
            }
            else
            {
                _resampler.Complete();
            }
        }
    }

    /// <summary>Reads on in clips of <paramref name="length"/> samples, the last one shorter; only one is held at a time.</summary>
    /// <param name="length">Samples per clip, at least 1.</param>
    /// <param name="cancellationToken">Looked at before each clip.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<AudioClip> ReadSlices(int length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return Slices(length, cancellationToken);
    }

    /// <summary>Closes the decoder, and the file where the reader was opened by path.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _ownedStream?.Dispose();
    }

    private static AudioReader Open(Stream stream, Stream? owned, string name, int? sampleRate)
    {
        if (sampleRate is int rate)
        {
            AudioClip.ValidateRate(rate, nameof(sampleRate));
        }

        if (stream.Length == 0)
        {
            throw new InvalidDataException($"'{name}' is empty: it holds 0 bytes.");
        }

        IAudioDecoder decoder = AudioDecoding.CreateDecoder();
        IAudioSource source = RiffReader.IsWave(stream) && RiffReader.TryLocate(stream, name, out WaveData? wave)
            ? decoder.OpenWave(wave)
            : decoder.Open(stream, name);
        try
        {
            if (source.SampleRate is < MinSampleRate or > AudioClip.MaxSampleRate || source.Channels < 1)
            {
                throw new InvalidDataException(
                    $"'{name}' claims {source.Channels} channels at {source.SampleRate} Hz: it is damaged, or no sound of {MinSampleRate} "
                    + "to "
                    + $"{AudioClip.MaxSampleRate} Hz.");
            }

            return new AudioReader(name, source, owned, sampleRate);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private IEnumerable<AudioClip> Slices(int length, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var samples = new float[length];
            int count = 0;
            int read;
            while (count < length && (read = Read(samples.AsSpan(count))) > 0)
            {
                count += read;
            }

            if (count > 0)
            {
                yield return new AudioClip(samples.AsMemory(0, count), SampleRate);
            }

            if (count < length)
            {
                yield break;
            }
        }
    }

    /// <summary>Reads at the source's own rate, at most one block.</summary>
    private int ReadMono(Span<float> destination)
    {
        if (_isAtEnd)
        {
            return 0;
        }

        int frames;
        if (_source.Channels == 1)
        {
            frames = _source.ReadFrames(destination);
        }
        else
        {
            Span<float> interleaved = _interleaved.AsSpan(0, destination.Length * _source.Channels);
            frames = _source.ReadFrames(interleaved);
            ChannelMixer.Average(interleaved[..(frames * _source.Channels)], _source.Channels, destination);
        }

        _isAtEnd = frames == 0;
        if (_isAtEnd && _framesRead == 0)
        {
            throw new InvalidDataException($"'{Name}' holds 0 samples: nothing to encode.");
        }

        if (AudioClip.IndexOfNonFinite(destination[..frames]) is >= 0 and int bad)
        {
            long position = _framesRead + bad;
            throw new InvalidDataException(
                $"'{Name}' holds {destination[bad]} as its sample {position} ({(double)position / _source.SampleRate:F3} s): it is "
                + "damaged.");
        }

        _framesRead += frames;
        return frames;
    }
}

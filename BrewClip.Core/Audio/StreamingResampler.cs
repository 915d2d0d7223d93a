namespace BrewClip.Core.Audio;

/// <summary>
/// Resamples in blocks of any size and gives, sample for sample, what <see cref="Resampler"/> gives for the whole. Holds no more input than
/// has been written and not yet used. Not thread-safe.
/// </summary>
public sealed class StreamingResampler
{
    private readonly ResamplingKernel _kernel;
    private float[] _buffer = [];
    private int _buffered;
    private long _bufferStart;
    private long _nextOutput;
    private bool _isComplete;

    /// <summary>Starts a stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not from 1 to <see cref="AudioClip.MaxSampleRate"/>.</exception>
    public StreamingResampler(int sourceRate, int targetRate)
    {
        AudioClip.ValidateRate(sourceRate);
        AudioClip.ValidateRate(targetRate);
        _kernel = ResamplingKernel.For(sourceRate, targetRate);
    }

    /// <summary>The samples that <paramref name="inputLength"/> samples become.</summary>
    public long OutputLength(long inputLength) => _kernel.OutputLength(inputLength);

    /// <summary>Takes the next input samples.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> has been called.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The stream has been completed: no sample can follow.");
        }

        DropUsedInput();
        if (_buffered + samples.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffered + samples.Length, 2 * _buffer.Length));
        }

        samples.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += samples.Length;
    }

    /// <summary>Says that the input has ended, so that its last samples can be computed.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>Gives the next output samples.</summary>
    /// <returns>How many: 0 where more input is needed first, or all has been given.</returns>
    public int Read(Span<float> destination)
    {
        int count = (int)Math.Min(destination.Length, ReadyEnd() - _nextOutput);
        if (count <= 0)
        {
            return 0;
        }

        _kernel.Apply(_buffer.AsSpan(0, _buffered), _bufferStart, _nextOutput, destination[..count]);
        _nextOutput += count;
        return count;
    }

    /// <summary>One past the last output whose input is all there.</summary>
    private long ReadyEnd()
    {
        long received = _bufferStart + _buffered;
        if (_isComplete)
        {
            return _kernel.OutputLength(received);
        }

        // No output reads further than Taps past its own place, so this many are ready at the least.
        long end = Math.Max(_nextOutput, (received - _kernel.Taps) / _kernel.From * _kernel.To);
        while (_kernel.InputEnd(end) <= received)
        {
            end++;
        }

        return end;
    }

    private void DropUsedInput()
    {
        long needed = Math.Max(_kernel.InputStart(_nextOutput), _bufferStart);
        int used = (int)Math.Min(needed - _bufferStart, _buffered);
        _buffer.AsSpan(used, _buffered - used).CopyTo(_buffer);
        _buffered -= used;
        _bufferStart += used;
    }
}

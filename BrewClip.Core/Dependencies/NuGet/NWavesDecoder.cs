using BrewClip.Core.Audio;
using NWaves.Audio;
using WaveFormat = BrewClip.Core.Audio.WaveFormat;

namespace BrewClip.Core.Dependencies;

/// <summary>Audio decoding through NWaves: WAV of 8, 16, 24 or 32-bit integers and of 32-bit floats.</summary>
internal sealed class NWavesDecoder : IAudioDecoder
{
    public string SupportedFormats =>
        "WAV of 8, 16, 24 or 32-bit integers or 32-bit floats (convert with: ffmpeg -i INPUT -ac 1 OUTPUT.wav)";

    public IAudioSource OpenWave(WaveData wave)
    {
        bool isRead = wave.Format.Encoding == WaveEncoding.Pcm || wave.Format is { Encoding: WaveEncoding.Float, BitsPerSample: 32 };
        return isRead
            ? new NWavesSource(wave)
            : throw new InvalidDataException(
                $"'{wave.Name}' holds {wave.Format.BitsPerSample}-bit {wave.Format.Encoding} samples: the formats that work are "
                + $"{SupportedFormats}.");
    }

    public IAudioSource Open(Stream stream, string name) => throw AudioContainer.Refuse(stream, name, SupportedFormats);

    /// <summary>
    /// NWaves reads whole files into memory and searches for chunks by their letters, so it is handed small canonical WAVs, block by
    /// block.
    /// </summary>
    private sealed class NWavesSource(WaveData wave) : IAudioSource
    {
        private const int MaxBlockFrames = 1 << 15;

        public int SampleRate => wave.Format.SampleRate;

        public int Channels => wave.Format.Channels;

        public long? ClaimedFrames => wave.Frames;

        public int ReadFrames(Span<float> interleaved)
        {
            WaveFormat format = wave.Format;
            int wanted = Math.Min(interleaved.Length / format.Channels, MaxBlockFrames);
            long left = (wave.Samples.Length - wave.Samples.Position) / format.BytesPerFrame;
            int frames = (int)Math.Min(wanted, left);
            if (frames == 0)
            {
                return 0;
            }

            var block = new byte[WaveFormat.HeaderBytes + frames * format.BytesPerFrame];
            format.WriteHeader(block, (uint)(block.Length - WaveFormat.HeaderBytes));
            wave.Samples.ReadExactly(block.AsSpan(WaveFormat.HeaderBytes));
            var file = new WaveFile(block);
            for (int channel = 0; channel < format.Channels; channel++)
            {
                float[] samples = file.Signals[channel].Samples;
                for (int frame = 0; frame < frames; frame++)
                {
                    interleaved[frame * format.Channels + channel] = samples[frame];
                }
            }

            return frames;
        }

        public void Dispose() => wave.Samples.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Security;
using BrewClip.Core.Audio;

namespace BrewClip.Data.LittleWorld;

/// <summary>Speech by the program espeak-ng (Debian package <c>espeak-ng</c>), one short process a sentence. Thread-safe.</summary>
public sealed class EspeakSynthesizer : ISpeechSynthesizer
{
    private const string Program = "espeak-ng";
    private const string Remedy = "Install Debian's package 'espeak-ng'; it is needed to generate Little World, not to use it.";

    /// <summary>Whether the program can be found.</summary>
    public static bool IsAvailable => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The program is missing, failed, or said nothing.</exception>
    public async Task<AudioClip> SpeakAsync(string text, Speaker speaker, Mood mood, CancellationToken cancellation)
    {
        var prosody = MoodProsody.Of(mood);
        byte[] wave = await RunAsync(ToMarkup(text, prosody), speaker, cancellation).ConfigureAwait(false);
        using var stream = new MemoryStream(wave);
        var clip = AudioClip.Load(stream, $"{Program}'s speech").Resample(LogMelSpectrogram.SampleRate);
        float[] samples = clip.Samples.ToArray();
        TensorPrimitives.Multiply(samples, (float)(speaker.Gain * prosody.Gain), samples);
        TensorPrimitives.Clamp(samples, -1f, 1f, samples);
        return new AudioClip(samples, clip.SampleRate);
    }

    private static string ToMarkup(string text, MoodProsody prosody)
    {
        string spoken = SecurityElement.Escape(text).Replace(",", "<break time=\"350ms\"/>", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<speak><prosody pitch=\"{prosody.PitchPercent:+0;-0}%\" range=\"{prosody.RangePercent:+0;-0}%\" "
            + $"rate=\"{prosody.RatePercent}%\">{spoken}</prosody></speak>");
    }

    private static async Task<byte[]> RunAsync(string markup, Speaker speaker, CancellationToken cancellation)
    {
        using var process = Start(speaker);
        try
        {
            var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
            var complaint = process.StandardError.ReadToEndAsync(cancellation);
            await process.StandardInput.WriteAsync(markup.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
            await reading.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            if (process.ExitCode != 0 || output.Length == 0)
            {
                string said = (await complaint.ConfigureAwait(false)).Trim();
                throw new InvalidOperationException(
                    $"{Program} with the voice '{speaker.Voice}' ended with code {process.ExitCode}: '{said}'.");
            }

            return output.ToArray();
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(Speaker speaker)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-v", speaker.Voice,
            "-s", speaker.WordsPerMinute.ToString(CultureInfo.InvariantCulture),
            "-p", speaker.Pitch.ToString(CultureInfo.InvariantCulture),
            "-m", "--stdin", "--stdout",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"'{Program}' could not be started. {Remedy}");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException($"'{Program}' could not be started: {error.Message}. {Remedy}", error);
        }
    }
}

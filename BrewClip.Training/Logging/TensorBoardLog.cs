using System.Buffers.Binary;
using BrewClip.Core.Retrieval;

namespace BrewClip.Training.Logging;

/// <summary>
/// Scalars of a run as an event file that TensorBoard shows; every sitting has a file of its own, as TensorBoard expects.
/// </summary>
/// <remarks>Whoever makes it disposes it.</remarks>
public sealed class TensorBoardLog : ITrainingObserver, IDisposable
{
    private readonly string _folder;
    private FileStream? _file;

    /// <summary>Makes a log; the file is opened when the run begins.</summary>
    /// <param name="folder">The folder that TensorBoard is pointed at; created where missing.</param>
    public TensorBoardLog(string folder) => _folder = folder;

    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
        Directory.CreateDirectory(_folder);
        var now = DateTimeOffset.UtcNow;
        string name = $"events.out.tfevents.{now.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}.{start.Step}";
        _file = new FileStream(Path.Combine(_folder, name), FileMode.Create, FileAccess.Write, FileShare.Read);
        Append(EventMessage.Version());
    }

    /// <inheritdoc/>
    public void Stepped(StepReport report)
    {
        foreach (var (name, value) in report.Terms)
        {
            Scalar("train/" + name, report.Step, value);
        }

        Scalar("train/rate", report.Step, report.Rate);
        Scalar("train/gradient_norm", report.Step, report.GradientNorm);
        Scalar("speed/examples_per_second", report.Step, report.Examples / report.StepSeconds);
        Scalar("speed/queue_occupancy", report.Step, report.Occupancy);
        _file!.Flush();
    }

    /// <inheritdoc/>
    public void Evaluated(EvaluationReport report)
    {
        foreach (var (name, value) in report.Results)
        {
            Scalar("held_out/" + name, report.Step, value);
        }

        _file!.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void Scalar(string tag, long step, double value) => Append(EventMessage.Scalar(tag, step, (float)value));

    // TFRecord: length, masked checksum of the length, data, masked checksum of the data.
    private void Append(byte[] message)
    {
        Span<byte> lead = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(lead, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(lead[8..], Masked(lead[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Masked(message));
        _file!.Write(lead);
        _file.Write(message);
        _file.Write(tail);
    }

    // tensorflow/tsl/lib/hash/crc32c.h: a rotation by 15 bits and a constant, so that a checksum of checksums stays meaningful.
    internal static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint checksum = default(Crc32C).Append(bytes).Value;
        return unchecked(((checksum >> 15) | (checksum << 17)) + 0xA282EAD8u);
    }
}

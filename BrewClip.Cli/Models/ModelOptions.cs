using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Models.Loading;
using TorchSharp;

namespace BrewClip.Cli.Models;

/// <summary>How the weights of a model are kept and where.</summary>
internal enum Precision
{
    Float32,
    Float16,
    BFloat16,
}

/// <summary>The options by which every verb is told its model.</summary>
internal sealed class ModelOptions
{
    public ModelOptions(string description, bool required = true)
    {
        Model = new Option<string>("--model") { Description = description, Required = required };
    }

    public Option<string> Model { get; }

    public Option<Precision> Precision { get; } = Choice.Of<Precision>("--precision", "Element type of weights and computation.");

    public Option<string> Device { get; } = new("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };

    public void AddTo(Command command)
    {
        command.Options.Add(Model);
        AddNetworksTo(command);
    }

    /// <summary>For a verb whose models are named elsewhere: how they are loaded alone.</summary>
    public void AddNetworksTo(Command command)
    {
        command.Options.Add(Precision);
        command.Options.Add(Device);
    }

    /// <summary>Whether the user said how weights are kept or where.</summary>
    public bool AreGiven(ParseResult parsed) =>
        parsed.GetResult(Precision) is { Implicit: false } || parsed.GetResult(Device) is { Implicit: false };

    public ModelLoadingOptions Read(ParseResult parsed) => new()
    {
        Type = parsed.GetValue(Precision) switch
        {
            Models.Precision.Float16 => torch.ScalarType.Float16,
            Models.Precision.BFloat16 => torch.ScalarType.BFloat16,
            _ => torch.ScalarType.Float32,
        },
        Device = ParseDevice(parsed.GetRequiredValue(Device)),
    };

    private static torch.Device ParseDevice(string name)
    {
        string[] parts = name.Split(':');
        bool isKnown = parts is ["cpu"] or ["cuda"] || (parts is ["cuda", var number] && int.TryParse(number, out int index) && index >= 0);
        if (!isKnown)
        {
            throw new UsageException($"'{name}' is no device: cpu, cuda or cuda:0 are.");
        }

        return parts[0] == "cpu" || torch.cuda.is_available()
            ? torch.device(name)
            : throw new NotSupportedException($"'{name}' is asked for, and the libtorch here finds no CUDA device: leave --device out.");
    }
}

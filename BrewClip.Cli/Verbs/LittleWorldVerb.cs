using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Data.LittleWorld;
using BrewClip.Training.LittleWorld;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip littleworld generate|train|export|demo-set</c></summary>
internal static class LittleWorldVerb
{
    public static Command Create() => new("littleworld", "Little World: a small world of pictures and speech to train and test with.")
    {
        CreateGenerate(), LittleWorldTrainVerb.Create(), CreateExport(), CreateDemoSet(),
    };

    private static Command CreateExport()
    {
        var run = new Option<string>("--run") { Description = "The folder that 'littleworld train' wrote.", Required = true };
        var folder = new Option<string>("--out") { Description = "The folder of the models, one folder each.", Required = true };
        var export = new Command("export",
            "Copies the best models of a run in float16, with the small files of the hub's layout.")
        {
            run, folder,
        };
        export.SetAction((parsed, cancellation) =>
        {
            foreach (string written in LittleWorldExport.All(parsed.GetRequiredValue(run), parsed.GetRequiredValue(folder), cancellation))
            {
                Output.Line(written);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return export;
    }

    private static Command CreateDemoSet()
    {
        var defaults = new LittleWorldOptions();
        var folder = new Option<string>("--out")
        {
            Description = "The folder to write: images, queries and queries.jsonl.",
            Required = true,
        };
        var images = new Option<int>("--images")
        {
            Description = "Images of the corpus whose test split is taken.",
            DefaultValueFactory = _ => defaults.Images,
        };
        var seed = new Option<ulong>("--seed") { Description = "The seed of that corpus.", DefaultValueFactory = _ => defaults.Seed };
        var command = new Command("demo-set",
            "Writes the demo's pictures and spoken queries from a corpus' test split (needs espeak-ng).")
        {
            folder, images, seed,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string target = parsed.GetRequiredValue(folder);
            var options = defaults with { Images = parsed.GetValue(images), Seed = parsed.GetValue(seed) };
            await new LittleWorldDemoSet(new EspeakSynthesizer()).WriteAsync(target, options, cancellation).ConfigureAwait(false);
            Output.Line(Path.GetFullPath(target));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateGenerate()
    {
        var defaults = new LittleWorldOptions();
        var folder = new Option<string>("--out") { Description = "The folder to write, in Flickr8k's layout.", Required = true };
        var images = new Option<int>("--images") { Description = "Images in all.", DefaultValueFactory = _ => defaults.Images };
        var seed = new Option<ulong>("--seed") { Description = "Decides every draw.", DefaultValueFactory = _ => defaults.Seed };
        var style = new Option<SpeakingStyle>("--style")
        {
            Description = "Scripted captions, spontaneous descriptions, or shuffled shreds of both, to train a Whisper with.",
            DefaultValueFactory = _ => defaults.Style,
        };
        var size = new Option<int>("--image-size")
        {
            Description = "Width and height of the pictures in pixels.",
            DefaultValueFactory = _ => defaults.ImageSize,
        };
        var heldOut = new Option<double>("--held-out")
        {
            Description = "The part of the images for development, and again for test.",
            DefaultValueFactory = _ => defaults.HeldOutShare,
        };
        var generate = new Command(
            "generate", "Paints the scenes and speaks the captions (needs espeak-ng). Goes on where an earlier run was stopped.")
        {
            folder, images, seed, style, size, heldOut,
        };
        generate.SetAction(async (parsed, cancellation) =>
        {
            var options = defaults with
            {
                Images = parsed.GetValue(images),
                Seed = parsed.GetValue(seed),
                Style = parsed.GetValue(style),
                ImageSize = parsed.GetValue(size),
                HeldOutShare = parsed.GetValue(heldOut),
            };
            var bar = new ProgressBar("images");
            var progress = new DirectProgress<LittleWorldProgress>(step => bar.Report(step.Done, step.Total));
            string target = parsed.GetRequiredValue(folder);
            var generator = new LittleWorldGenerator(new EspeakSynthesizer());
            await generator.GenerateAsync(target, options, progress, cancellation).ConfigureAwait(false);
            Output.Line(Path.GetFullPath(target));
            return ExitCode.Done;
        });
        return generate;
    }
}

using System.CommandLine;
using System.Text.RegularExpressions;
using BrewClip.Cli.Terminal;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Docs;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_command_line_names_verbs_and_options_that_the_tool_has()
    {
        var root = CommandRunner.CreateRoot();
        int checkedLines = 0;
        foreach (string path in DocumentationFiles.All)
        {
            foreach (string line in DocumentationFiles.CommandLines(path))
            {
                checkedLines++;
                foreach (var command in Verbs(root, line))
                {
                    var known = Known(command);
                    Assert.All(Options().Matches(line), option => Assert.True(
                        known.Contains(option.Value),
                            $"{Path.GetFileName(path)} has '{option.Value}' in '{line}': '{command.Name}' has no such option."));
                }
            }
        }

        Assert.InRange(checkedLines, 20, 500);
    }

    [Fact]
    public void Every_command_line_that_is_no_synopsis_is_understood()
    {
        var root = CommandRunner.CreateRoot();
        foreach (string path in DocumentationFiles.All)
        {
            foreach (string line in DocumentationFiles.CommandLines(path).Where(line => line.IndexOfAny(['[', '…', '|', '(']) < 0))
            {
                var errors = root.Parse(Numbers().Replace(line["brewclip ".Length..], " 1")).Errors;
                Assert.True(errors.Count == 0,
                    $"{Path.GetFileName(path)}: '{line}': {string.Join(" ", errors.Select(error => error.Message))}");
            }
        }
    }

    [Fact]
    public void Every_block_of_code_stands_in_the_tests_that_compile_it()
    {
        var sources = Directory.GetFiles(Path.Combine(TestFiles.Repository, "BrewClip.Tests", "Docs"), "*.cs")
            .Select(path => "\n" + string.Join('\n', DocumentationFiles.Lines(File.ReadAllText(path))) + "\n").ToList();
        int blocks = 0;
        foreach (string path in DocumentationFiles.All)
        {
            foreach (string[] block in DocumentationFiles.CodeBlocks(path))
            {
                blocks++;
                string[] usings = [.. block.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal)
                    && !line.StartsWith("using var ", StringComparison.Ordinal))];
                string body = "\n" + string.Join('\n', block[usings.Length..]) + "\n";
                Assert.True(
                    sources.Any(source => source.Contains(body) && usings.All(line => source.Contains($"\n{line}\n"))),
                    $"{Path.GetFileName(path)}: the block that begins with '{block[usings.Length]}' stands in no file of "
                    + "BrewClip.Tests/Docs as it is.");
            }
        }

        Assert.InRange(blocks, 2, 100);
    }

    [Fact]
    public void Every_file_that_is_linked_to_is_there()
    {
        foreach (string path in DocumentationFiles.All)
        {
            foreach (Match link in Links().Matches(File.ReadAllText(path)))
            {
                string target = Path.Combine(Path.GetDirectoryName(path)!, link.Groups[1].Value.Split('#')[0]);
                Assert.True(Path.Exists(target), $"{Path.GetFileName(path)} links to '{link.Groups[1].Value}', which is not there.");
            }
        }
    }

    // "data check|stats NAME" names two verbs; what comes after the last verb are arguments.
    private static IEnumerable<Command> Verbs(RootCommand root, string line)
    {
        List<Command> commands = [root];
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            List<Command> next =
                [.. commands.SelectMany(command => command.Subcommands).Where(verb => word.Split('|').Contains(verb.Name))];
            if (next.Count == 0)
            {
                break;
            }

            commands = next;
        }

        Assert.True(commands is not [RootCommand] || line.Contains("--help")
            || line.Contains("--version"), $"'{line}' begins with no verb of the tool.");
        return commands;
    }

    private static HashSet<string> Known(Command command) =>
        [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name)), "--help", "--version"];

    [GeneratedRegex(@"(?<=[\s\[(])--[a-z][a-z-]*")]
    private static partial Regex Options();

    // Placeholders of numbers.
    [GeneratedRegex(@" [NKT](?= |$)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)\s]+)\)")]
    private static partial Regex Links();
}

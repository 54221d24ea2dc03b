using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LinkMonitor.Tests.Architecture;

/// <summary>The house: rooms in no loop, each with its sentence in ARCHITECTURE.md, names that can be told apart, lines that fit.</summary>
public sealed partial class RoomTests
{
    private const int MaxLine = 140;

    // Two versions of one protocol, named by it.
    private static readonly HashSet<string> Alike = ["Ipv4Host", "Ipv6Host"];

    private static readonly IReadOnlyList<SourceFile> Sources = [.. Files("src").Select(SourceFile.Read)];

    [Fact]
    public void No_room_is_in_a_loop()
    {
        var loops = RoomGraph.Loops(Sources);

        Assert.True(loops.Count == 0, string.Join(Environment.NewLine, loops));
    }

    [Fact]
    public void A_loop_is_found_and_named()
    {
        SourceFile[] files =
        [
            new("A.cs", "LinkMonitor.A", ["One"], ["LinkMonitor.B"], []),
            new("B.cs", "LinkMonitor.B", ["Two"], ["LinkMonitor.C"], []),
            new("C.cs", "LinkMonitor.C", ["Three"], ["LinkMonitor.A"], []),
            new("D.cs", "LinkMonitor.D", ["Four"], ["LinkMonitor.A"], []),
        ];

        Assert.Equal(
            "LinkMonitor.A (A.cs) → LinkMonitor.B (B.cs) → LinkMonitor.C (C.cs) → LinkMonitor.A", Assert.Single(RoomGraph.Loops(files)));
    }

    [Fact]
    public void A_room_below_another_needs_no_using_to_depend_on_it()
    {
        SourceFile[] files =
        [
            new("A.cs", "LinkMonitor.A", ["One"], ["LinkMonitor.A.B"], []),
            new("B.cs", "LinkMonitor.A.B", ["Two"], [], ["One"]),
        ];

        Assert.Single(RoomGraph.Loops(files));
    }

    [Fact]
    public void Every_room_has_its_sentence()
    {
        var document = File.ReadAllText(Path.Combine(Root(), "ARCHITECTURE.md"));
        var rooms = Sources.Select(file => file.Folder).Where(folder => folder.Length > 0).Distinct(StringComparer.Ordinal);

        Assert.All(rooms, room => Assert.Contains($"`{room}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_types_have_one_name_or_differ_by_a_letter()
    {
        var names = Sources.SelectMany(
            file => file.Types.Distinct(StringComparer.Ordinal).Select(name => (file.Room, Name: name))).Distinct()
            .GroupBy(type => type.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

        Assert.DoesNotContain(names, name => name.Value > 1);
        Assert.DoesNotContain(
            Neighbours([.. names.Keys]), pair => !Alike.Contains(pair.One) && pair.Other != $"I{pair.One}" && pair.One != $"I{pair.Other}");
    }

    [Fact]
    public void No_line_is_too_long() => Assert.All(Files("src").Concat(Files("tests")).Concat(Files("bench")), path =>
    {
        var lines = File.ReadAllLines(path);
        var longest = Array.FindIndex(lines, line => line.Length > MaxLine);
        Assert.True(
            longest < 0, $"{path}:{longest + 1} has {(longest < 0 ? 0 : lines[longest].Length)} characters; {MaxLine} are allowed.");
    });

    private static IEnumerable<(string One, string Other)> Neighbours(string[] names)
    {
        // Two names that differ by one letter are the same without one letter of each.
        var shortened = names.SelectMany(
            name => Enumerable.Range(0, name.Length).Select(at => (Short: name.Remove(at, 1), At: at, Name: name)));
        var replaced = shortened.GroupBy(one => (one.Short, one.At)).Where(group => group.Count() > 1)
            .SelectMany(group => group.Skip(1).Select(other => (group.First().Name, other.Name)));
        var known = names.ToHashSet(StringComparer.Ordinal);
        return replaced.Concat(shortened.Where(one => known.Contains(one.Short)).Select(one => (one.Short, one.Name)));
    }

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "node_modules"));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>What of a file says which rooms it depends on.</summary>
    /// <param name="Name">For messages.</param>
    /// <param name="Room">Its namespace.</param>
    /// <param name="Types">The names of the types it declares.</param>
    /// <param name="Usings">The rooms it imports.</param>
    /// <param name="Words">Every word in it: a room above can be used without importing it.</param>
    internal sealed partial record SourceFile(
        string Name, string Room, IReadOnlyList<string> Types, IReadOnlyList<string> Usings, HashSet<string> Words)
    {
        /// <summary>The folder below its project, for example <c>Alerts/Slack</c>; empty for the project itself.</summary>
        public string Folder { get; private init; } = "";

        public static SourceFile Read(string path)
        {
            var text = File.ReadAllText(path);
            var below = Path.GetRelativePath(Path.Combine(Root(), "src"), path).Split(Path.DirectorySeparatorChar)[1..^1];
            return new SourceFile(
                Path.GetFileName(path),
                Namespace().Match(text).Groups[1].Value,
                [.. Declaration().Matches(text).Select(match => match.Groups[1].Value)],
                [.. Using().Matches(text).Select(match => match.Groups[1].Value)],
                Word().Matches(Comment().Replace(text, "")).Select(match => match.Value).ToHashSet(StringComparer.Ordinal))
            {
                Folder = string.Join('/', below),
            };
        }

        [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex Namespace();

        // At the beginning of a line: nested types have their owner's name in front of them.
        [GeneratedRegex(
            @"^(?:public |internal |sealed |static |abstract |readonly |partial |file )*"
            + @"(?:class|record struct|record|struct|interface|enum) (\w+)",
            RegexOptions.Multiline)]
        private static partial Regex Declaration();

        [GeneratedRegex(@"^using (?:static |\w+ = )?(LinkMonitor[\w.]*);", RegexOptions.Multiline)]
        private static partial Regex Using();

        [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
        private static partial Regex Comment();

        [GeneratedRegex(@"\b[A-Z]\w+\b")]
        private static partial Regex Word();
    }
}

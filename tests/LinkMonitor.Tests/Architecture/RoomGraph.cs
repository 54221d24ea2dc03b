namespace LinkMonitor.Tests.Architecture;

/// <summary>Which room depends on which.</summary>
internal static class RoomGraph
{
    /// <summary>A loop of each knot of rooms, with a file for each step; none when there is no loop.</summary>
    public static IReadOnlyList<string> Loops(IReadOnlyList<RoomTests.SourceFile> files)
    {
        var steps = Steps(files);
        var found = new List<string>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in steps.Keys.Order(StringComparer.Ordinal).Where(room => !told.Contains(room)))
        {
            if (Way(steps, start) is not { } way)
                continue;
            told.UnionWith(way);
            found.Add(string.Join(" → ", way.Select((room, at) => $"{room} ({steps[room][way[(at + 1) % way.Count]]})").Append(start)));
        }

        return found;
    }

    private static Dictionary<string, Dictionary<string, string>> Steps(IReadOnlyList<RoomTests.SourceFile> files)
    {
        var rooms = files.GroupBy(file => file.Room, StringComparer.Ordinal)
            .ToDictionary(
                room => room.Key, room => room.SelectMany(file => file.Types).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var steps = rooms.Keys.ToDictionary(
            room => room, _ => new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var file in files)
        {
            var above = rooms.Keys.Where(room =>
                file.Room.StartsWith(room + ".", StringComparison.Ordinal) && rooms[room].Any(type => file.Words.Contains(type)));
            foreach (var room in file.Usings.Where(rooms.ContainsKey).Concat(above).Where(room => room != file.Room))
                steps[file.Room].TryAdd(room, file.Name);
        }

        return steps;
    }

    // The shortest way from a room back to itself.
    private static List<string>? Way(Dictionary<string, Dictionary<string, string>> steps, string start)
    {
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out var room))
        {
            foreach (var step in steps[room].Keys)
            {
                if (step == start)
                    return [.. Back(from, room).Prepend(room).Reverse()];
                if (from.TryAdd(step, room))
                    next.Enqueue(step);
            }
        }

        return null;
    }

    private static IEnumerable<string> Back(Dictionary<string, string> from, string room)
    {
        while (from.TryGetValue(room, out var before))
            yield return room = before;
    }
}

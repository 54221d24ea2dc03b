using LinkMonitor.CommandLine.Service;

namespace LinkMonitor.Tests.CommandLine.Service;

public sealed class ServiceProfileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    private string ProfileFile => Path.Combine(_folder.FullName, "profiles.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_anything_it_is_this_machine_without_a_key() =>
        Assert.Equal(new ServiceProfile(new Uri("http://localhost:7071"), null, null), Read(null));

    [Fact]
    public void The_environment_comes_before_the_default_profile_and_a_named_one_before_the_environment()
    {
        File.WriteAllText(
            ProfileFile,
            """
            {"default":{"url":"https://one.example","key":"lm_one","project":"A"},
            "two":{"url":"https://two.example","key":"lm_two"}}
            """);
        (string, string)[] environment = [("LINKMONITOR_URL", "https://env.example"), ("LINKMONITOR_KEY", "lm_env")];

        Assert.Equal(new ServiceProfile(new Uri("https://one.example"), "lm_one", "A"), Read(null));
        Assert.Equal(new ServiceProfile(new Uri("https://env.example"), "lm_env", "A"), Read(null, environment));
        Assert.Equal(new ServiceProfile(new Uri("https://two.example"), "lm_two", null), Read("two", environment));
        Assert.Equal(new ServiceProfile(new Uri("https://two.example"), "lm_two", null), Read(null, ("LINKMONITOR_PROFILE", "two")));
    }

    [Fact]
    public void The_key_of_one_service_goes_to_no_other()
    {
        File.WriteAllText(
            ProfileFile, """{"default":{"url":"https://one.example","key":"lm_one"},"bare":{"url":"https://bare.example"}}""");

        Assert.Null(Read(null, ("LINKMONITOR_URL", "https://env.example")).Key);
        Assert.Null(Read("bare", ("LINKMONITOR_URL", "https://env.example"), ("LINKMONITOR_KEY", "lm_env")).Key);
        Assert.Equal("lm_env", Read(null, ("LINKMONITOR_KEY", "lm_env")).Key);
    }

    [Theory]
    [InlineData("{\"default\":{}}", "three", "There is no profile 'three'")]
    [InlineData("nonsense", null, "line 1 is not JSON")]
    [InlineData("{\"default\":{},\n\"x\" 1}", null, "profiles.json cannot be used: line 2 is not JSON")]
    [InlineData("{\"default\":{\"ulr\":\"https://one.example\"}}", null, "has no field 'ulr'. Did you mean 'url'?")]
    [InlineData("{\"default\":{},\"other\":{\"api_key\":\"lm_x\"}}", null, "has no field 'api_key'. Did you mean 'key'?")]
    [InlineData("{\"url\":\"https://one.example\"}", null, "'url' is not an object. It is a field of a profile")]
    [InlineData("{\"default\":{\"project\":5}}", null, "'project' of the profile 'default' is not text")]
    [InlineData("[]", null, "not an object of profiles")]
    [InlineData("{\"default\":{\"url\":\"nowhere\"}}", null, "'nowhere' is not the address")]
    public void What_cannot_be_used_is_a_wrong_setting_or_a_wrong_option(string text, string? name, string hint)
    {
        File.WriteAllText(ProfileFile, text);

        var failure = Assert.Throws<ServiceFailureException>(() => Read(name));

        Assert.Equal(name is null ? 69 : 64, failure.ExitCode);
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", failure.Message, StringComparison.Ordinal);
    }

    private ServiceProfile Read(string? name, params (string Name, string Value)[] environment) =>
        ServiceProfile.Read(name, variable => environment.FirstOrDefault(set => set.Name == variable).Value, ProfileFile);
}

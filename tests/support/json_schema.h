#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace support {

/// What of `value` does not fit `schema`, as sentences; empty when all does. Knows the words that
/// the schemas in tests/data/schemas use (type, enum, pattern, minimum, maximum, items, minItems,
/// maxItems, properties, required, additionalProperties) and reports any other, so that no rule is
/// passed over silently.
class JsonSchema {
public:
    explicit JsonSchema(nlohmann::json schema) : schema_(std::move(schema)) {}
    static JsonSchema load(const std::string& file)
    {
        std::ifstream in{file};
        return JsonSchema{nlohmann::json::parse(in)};
    }

    std::vector<std::string> problems(const nlohmann::json& value) const
    {
        std::vector<std::string> out;
        check(value, schema_, "$", out);
        return out;
    }

private:
    using Json = nlohmann::json;

    static bool has_type(const Json& value, const std::string& type)
    {
        if (type == "object") return value.is_object();
        if (type == "array") return value.is_array();
        if (type == "string") return value.is_string();
        if (type == "integer") return value.is_number_integer();
        if (type == "number") return value.is_number();
        if (type == "boolean") return value.is_boolean();
        return type == "null" && value.is_null();
    }

    static void check(
        const Json& value,
        const Json& schema,
        const std::string& where,
        std::vector<std::string>& out)
    {
        static const std::set<std::string> kKnown{
            "$schema",
            "title",
            "type",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "items",
            "minItems",
            "maxItems",
            "required",
            "properties",
            "additionalProperties"};
        for (const auto& [word, unused] : schema.items()) {
            if (!kKnown.contains(word))
                out.push_back(
                    std::string("the schema at ").append(where).append(" uses ").append(word));
        }
        if (schema.contains("type") && !fits_type(value, schema["type"])) {
            out.push_back(
                where + " is " + value.dump().substr(0, 80) + ", not " + schema["type"].dump());
            return;
        }
        if (value.is_null()) return;
        if (schema.contains("enum") &&
            std::find(schema["enum"].begin(), schema["enum"].end(), value) ==
                schema["enum"].end()) {
            out.push_back(where + " is " + value.dump() + ", not one of " + schema["enum"].dump());
        }
        if (schema.contains("pattern") && !std::regex_search(
                                              value.get<std::string>(),
                                              std::regex{schema["pattern"].get<std::string>()})) {
            out.push_back(where + " is " + value.dump() + ", unlike " + schema["pattern"].dump());
        }
        if (schema.contains("minimum") && value.get<double>() < schema["minimum"].get<double>()) {
            out.push_back(where + " is " + value.dump() + ", too small");
        }
        if (schema.contains("maximum") && value.get<double>() > schema["maximum"].get<double>()) {
            out.push_back(where + " is " + value.dump() + ", too large");
        }
        if (value.is_array()) check_array(value, schema, where, out);
        if (value.is_object()) check_object(value, schema, where, out);
    }

    static bool fits_type(const Json& value, const Json& type)
    {
        if (type.is_string()) return has_type(value, type.get<std::string>());
        for (const auto& one : type) {
            if (has_type(value, one.get<std::string>())) return true;
        }
        return false;
    }

    static void check_array(
        const Json& value,
        const Json& schema,
        const std::string& where,
        std::vector<std::string>& out)
    {
        if (value.size() < schema.value("minItems", 0U))
            out.push_back(where + " has too few items");
        if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<std::size_t>()) {
            out.push_back(where + " has too many items");
        }
        if (!schema.contains("items")) return;
        for (std::size_t i = 0; i < value.size(); ++i) {
            check(value[i], schema["items"], where + "[" + std::to_string(i) + "]", out);
        }
    }

    static void check_object(
        const Json& value,
        const Json& schema,
        const std::string& where,
        std::vector<std::string>& out)
    {
        const Json none = Json::object();
        const Json& properties = schema.contains("properties") ? schema["properties"] : none;
        for (const auto& name : schema.value("required", Json::array())) {
            if (!value.contains(name.get<std::string>()))
                out.push_back(where + " lacks " + name.dump());
        }
        for (const auto& [name, member] : value.items()) {
            if (properties.contains(name))
                check(member, properties[name], std::string(where).append(".").append(name), out);
            else if (!schema.value("additionalProperties", true))
                out.push_back(std::string(where).append(" has an unknown ").append(name));
        }
    }

    Json schema_;
};

} // namespace support

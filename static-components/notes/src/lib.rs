//! A knowledge graph that lives in a file. Every call reads the file, and writes it back if it changed something: a component starts
//! afresh for every call, so a variable would be forgotten.

mod store;

use exports::tapedeck::notes::knowledge_graph::{Entity, Failure, Graph, Guest, Relation, Remark};

wit_bindgen::generate!({ additional_derives: [PartialEq, Clone, serde::Serialize, serde::Deserialize] });

struct Notes;

export!(Notes);

impl Guest for Notes {
    fn create_entities(entities: Vec<Entity>) -> Result<Vec<Entity>, Failure> {
        store::change(|graph| {
            let mut added = Vec::new();
            for entity in entities {
                if find(graph, &entity.name).is_err() {
                    graph.entities.push(entity.clone());
                    added.push(entity);
                }
            }
            Ok(added)
        })
    }

    fn create_relations(relations: Vec<Relation>) -> Result<Vec<Relation>, Failure> {
        store::change(|graph| {
            let mut added = Vec::new();
            for relation in relations {
                find(graph, &relation.source)?;
                find(graph, &relation.target)?;
                if !graph.relations.contains(&relation) {
                    graph.relations.push(relation.clone());
                    added.push(relation);
                }
            }
            Ok(added)
        })
    }

    fn add_observations(remarks: Vec<Remark>) -> Result<Vec<Remark>, Failure> {
        store::change(|graph| {
            let mut added = Vec::new();
            for Remark { entity, mut observations } in remarks {
                let known = &mut find(graph, &entity)?.observations;
                observations.retain(|observation| !known.contains(observation));
                known.extend(observations.clone());
                added.push(Remark { entity, observations });
            }
            Ok(added)
        })
    }

    fn delete_entities(names: Vec<String>) -> Result<u32, Failure> {
        store::change(|graph| {
            let before = graph.entities.len();
            graph.entities.retain(|entity| !names.contains(&entity.name));
            graph.relations.retain(|relation| !names.contains(&relation.source) && !names.contains(&relation.target));
            Ok((before - graph.entities.len()) as u32)
        })
    }

    fn delete_observations(remarks: Vec<Remark>) -> Result<u32, Failure> {
        store::change(|graph| {
            let mut deleted = 0;
            for remark in remarks {
                let known = &mut find(graph, &remark.entity)?.observations;
                let before = known.len();
                known.retain(|observation| !remark.observations.contains(observation));
                deleted += before - known.len();
            }
            Ok(deleted as u32)
        })
    }

    fn read_graph() -> Result<Graph, Failure> {
        store::read()
    }

    fn search_nodes(query: String) -> Result<Graph, Failure> {
        let Graph { mut entities, mut relations } = store::read()?;
        let query = query.to_lowercase();
        let mentions = |text: &String| text.to_lowercase().contains(&query);
        entities.retain(|entity| {
            mentions(&entity.name) || mentions(&entity.entity_type) || entity.observations.iter().any(mentions)
        });
        let found = |name: &String| entities.iter().any(|entity| entity.name == *name);
        relations.retain(|relation| found(&relation.source) && found(&relation.target));
        Ok(Graph { entities, relations })
    }
}

fn find<'a>(graph: &'a mut Graph, name: &str) -> Result<&'a mut Entity, Failure> {
    graph.entities.iter_mut().find(|entity| entity.name == name).ok_or_else(|| Failure::NoSuchEntity(name.to_owned()))
}
